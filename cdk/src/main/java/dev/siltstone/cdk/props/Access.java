package dev.siltstone.cdk.props;

import java.util.List;

/** Who may call the HTTP API. Nobody may without one of these. */
public sealed interface Access {
  /** Siltstone's access tokens, with roles and scopes, which the functions check. */
  record Tokens() implements Access {}

  /** Requests that are signed with AWS credentials; IAM decides, all callers are administrators. */
  record Iam() implements Access {}

  /**
   * JSON web tokens, which API Gateway checks; all callers are administrators.
   *
   * @param issuer its URL; keys are found from there
   * @param audiences of which a token must name one
   */
  record Jwt(String issuer, List<String> audiences) implements Access {
    public Jwt {
      audiences = List.copyOf(audiences);
      Bounds.present(StackOption.JWT_ISSUER, issuer);
      Bounds.present(StackOption.JWT_AUDIENCE, String.join("", audiences));
      if (!issuer.startsWith("https://")) {
        throw new IllegalArgumentException(
            "%s is '%s'; an issuer's URL starts with https://"
                .formatted(StackOption.JWT_ISSUER.key(), issuer));
      }
    }
  }
}
