package dev.siltstone.api;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.KnownTokens;
import dev.siltstone.access.TokenSecret;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in or refuses them, by the token in {@code authorization: Bearer …} or {@code
 * x-chroma-token}. Looks at method, path and headers alone, so that nothing of a stranger's body is
 * ever read. A refusal does not tell what exists.
 */
public final class AccessGuard {
  private static final String BEARER = "bearer ";

  private final @Nullable KnownTokens tokens;

  private AccessGuard(@Nullable KnownTokens tokens) {
    this.tokens = tokens;
  }

  /** Lets everybody do everything. */
  public static AccessGuard open() {
    return new AccessGuard(null);
  }

  /** Asks for one of these tokens. */
  public static AccessGuard requiring(KnownTokens tokens) {
    return new AccessGuard(tokens);
  }

  /**
   * Returns if a request may go on.
   *
   * @throws ApiException 401 without a valid token, 403 if it does not allow this
   * @throws dev.siltstone.failure.UnavailableException if the tokens cannot be read
   */
  public void admit(RouteMatch match, ApiRequest request) {
    KnownTokens known = tokens;
    Permission permission = match.route().permission();
    if (known == null || permission == Permission.PUBLIC) {
      return;
    }
    AccessToken token = identify(known, request);
    if (!permission.isAllowed(token, match.parameters())) {
      throw ApiException.notAllowed(
          "This token does not allow %s %s here: it may %s in %s"
              .formatted(
                  match.route().method(),
                  match.route().path(),
                  token.role().text(),
                  token.scope().reachesEverything() ? "everything" : "its tenants and databases"));
    }
  }

  /**
   * Who sends a request; empty where nobody is asked.
   *
   * @throws ApiException 401 without a valid token
   */
  public Optional<AccessToken> caller(ApiRequest request) {
    KnownTokens known = tokens;
    return known == null ? Optional.empty() : Optional.of(identify(known, request));
  }

  private static AccessToken identify(KnownTokens known, ApiRequest request) {
    String sent =
        Stream.concat(bearer(request).stream(), request.header("x-chroma-token").stream())
            .map(String::strip)
            .findFirst()
            .orElseThrow(() ->
                ApiException.unauthorized(
                    "This server asks for an access token, in the header authorization (Bearer …)"
                        + " or x-chroma-token"));
    return TokenSecret.parse(sent)
        .flatMap(known::find)
        .orElseThrow(() -> ApiException.unauthorized("The access token is unknown or revoked"));
  }

  private static Optional<String> bearer(ApiRequest request) {
    return request
        .header("authorization")
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()));
  }
}
