package dev.siltstone.api.gateway;

import dev.siltstone.api.ApiException;
import dev.siltstone.failure.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The body of an event: text or base64, perhaps compressed by the client. */
final class GatewayBody {
  private GatewayBody() {}

  static byte[] decode(
      @Nullable String body, boolean base64, @Nullable String encoding, int maxBytes) {
    byte[] sent = bytes(body, base64);
    return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> sent;
      case "gzip", "x-gzip" -> inflated(sent, maxBytes);
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

  private static byte[] inflated(byte[] sent, int maxBytes) {
    if (sent.length == 0) {
      return sent;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sent), 1 << 14)) {
      byte[] body = in.readNBytes(maxBytes + 1);
      if (body.length > maxBytes) {
        throw ApiException.tooLarge(
            "The request inflates to more than %d bytes: send smaller batches"
                .formatted(maxBytes));
      }
      return body;
    } catch (IOException e) {
      throw new InvalidRequestException("The request body is not gzip as it says", e);
    }
  }
}
