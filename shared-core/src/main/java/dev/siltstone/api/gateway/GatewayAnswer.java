package dev.siltstone.api.gateway;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.Gzip;
import dev.siltstone.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * An answer of payload format 2.0: {@code {"statusCode": 200, "headers": {…}, "body": "…",
 * "isBase64Encoded": false}}. What is compressed travels as base64.
 */
public final class GatewayAnswer {
  private GatewayAnswer() {}

  /**
   * The answer to a request as its client takes it: compressed where that is accepted and pays,
   * without body for a HEAD, and a 413 with advice in place of one that is over the limit.
   *
   * @param maxBytes of the whole answer as it is returned
   */
  public static byte[] write(ApiRequest request, ApiResponse response, int maxBytes) {
    byte[] answer = write(encoded(request, response));
    return answer.length <= maxBytes ? answer : write(encoded(request, tooLarge(maxBytes)));
  }

  private static ApiResponse encoded(ApiRequest request, ApiResponse response) {
    if (request.method().equals("HEAD")) {
      return new ApiResponse(response.status(), response.headers(), new byte[0]);
    }
    boolean pays =
        response.body().length >= Gzip.WORTH_COMPRESSING
            && !response.headers().containsKey("content-encoding")
            && Gzip.isAccepted(request.headers().get("accept-encoding"));
    return pays
        ? new ApiResponse(response.status(), response.headers(), Gzip.compress(response.body()))
            .withHeader("content-encoding", "gzip")
            .withHeader("vary", "accept-encoding")
        : response;
  }

  private static ApiResponse tooLarge(int maxBytes) {
    return ErrorResponse.of(
        ApiException.tooLarge(
            "The answer is over the limit of %d bytes: ask for fewer records with limit and offset,"
                    .formatted(maxBytes)
                + " include fewer fields, or accept gzip"));
  }

  /** An answer as it is, of any size. */
  public static byte[] write(ApiResponse response) {
    boolean binary = response.headers().containsKey("content-encoding");
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeNumberField("statusCode", response.status());
      out.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : response.headers().entrySet()) {
        out.writeStringField(header.getKey(), header.getValue());
      }
      out.writeEndObject();
      out.writeStringField("body", text(response.body(), binary));
      out.writeBooleanField("isBase64Encoded", binary);
      out.writeEndObject();
    });
  }

  private static String text(byte[] body, boolean binary) {
    return binary
        ? Base64.getEncoder().encodeToString(body)
        : new String(body, StandardCharsets.UTF_8);
  }
}
