package dev.siltstone.api.gateway;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.Gzip;
import dev.siltstone.failure.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of an event: text or base64, perhaps compressed by the client. */
final class GatewayBody {
  private GatewayBody() {}

  static byte[] decode(
      @Nullable String body, boolean base64, @Nullable String encoding, int maxBytes) {
    byte[] sent = bytes(body, base64);
    return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> sent;
      case "gzip", "x-gzip" -> sent.length == 0 ? sent : Gzip.inflate(sent, maxBytes);
      default ->
          throw ApiException.unsupportedMediaType(
              "Content-Encoding must be gzip or identity, not " + encoding);
    };
  }

  private static byte[] bytes(@Nullable String body, boolean base64) {
    if (body == null) {
      return new byte[0];
    }
    if (!base64) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("The event's body is not base64", e);
    }
  }
}
