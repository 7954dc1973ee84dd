package dev.siltstone.access;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token as its holder has it: {@code silt_}, twelve hexadecimal digits of its id, {@code _}, and
 * 256 random bits as 43 characters of URL-safe base64.
 */
public final class TokenSecret {
  private static final Pattern FORM = Pattern.compile("silt_([0-9a-f]{12})_[A-Za-z0-9_-]{43}");
  private static final int SECRET_BYTES = 32;

  private final TokenId id;
  private final String text;

  private TokenSecret(TokenId id, String text) {
    this.id = id;
    this.text = text;
  }

  /**
   * A new one.
   *
   * @param random must be unpredictable
   */
  public static TokenSecret fresh(RandomGenerator random) {
    TokenId id = new TokenId(random.nextLong() >>> (Long.SIZE - TokenId.BITS));
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new TokenSecret(id, "silt_" + id + "_" + text);
  }

  /** What a client sent, or empty if that is no token of ours. */
  public static Optional<TokenSecret> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new TokenSecret(TokenId.parse(matcher.group(1)), text))
        : Optional.empty();
  }

  public TokenId id() {
    return id;
  }

  public TokenHash hash() {
    return TokenHash.of(text);
  }

  /** The whole token; to be shown once and logged never. */
  public String reveal() {
    return text;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "silt_" + id + "_…";
  }
}
