package dev.siltstone.api.gateway;

import dev.siltstone.api.ApiResponse;
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

  public static byte[] write(ApiResponse response) {
    boolean binary = response.headers().containsKey("content-encoding");
    return Json.bytes(
        out -> {
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
