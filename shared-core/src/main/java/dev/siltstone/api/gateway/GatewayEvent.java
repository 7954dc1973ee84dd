package dev.siltstone.api.gateway;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.QueryString;
import dev.siltstone.api.json.BodyReader;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of payload format 2.0. Of it we read
 *
 * <pre>
 * {"version": "2.0", "rawPath": "/api/v2/…", "rawQueryString": "a=b", "headers": {"name": "value"},
 *  "requestContext": {"stage": "$default", "timeEpoch": ms, "http": {"method": "POST", …}, …},
 *  "body": "…", "isBase64Encoded": false, …}
 * </pre>
 *
 * Headers that were sent twice arrive joined by commas. The path starts with the stage's name
 * unless the stage is {@code $default}.
 */
public final class GatewayEvent {
  private static final String DEFAULT_STAGE = "$default";

  private String method = "";
  private String path = "";
  private String query = "";
  private String stage = DEFAULT_STAGE;
  private Map<String, String> headers = Map.of();
  private @Nullable Instant receivedAt;
  private @Nullable String body;
  private boolean base64;

  private GatewayEvent() {}

  /**
   * The event, or empty if it is of another kind: one without an HTTP context.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if it is not JSON
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape
   */
  public static Optional<GatewayEvent> read(byte[] event) {
    GatewayEvent found =
        BodyReader.read(
            event,
            in -> {
              GatewayEvent reading = new GatewayEvent();
              in.fields("an event", name -> reading.read(name, in));
              return reading;
            });
    return found.method.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private boolean read(String name, BodyReader in) throws IOException {
    switch (name) {
      case "rawPath" -> path = in.string();
      case "rawQueryString" -> query = in.string();
      case "headers" -> headers = readHeaders(in);
      case "requestContext" -> in.fields("a context", field -> readContext(field, in));
      case "body" -> body = in.nullable(BodyReader::string);
      case "isBase64Encoded" -> base64 = in.bool();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readContext(String name, BodyReader in) throws IOException {
    switch (name) {
      case "stage" -> stage = in.string();
      case "timeEpoch" -> receivedAt = Instant.ofEpochMilli((long) in.f64());
      case "http" -> in.fields("an HTTP context", field -> readHttp(field, in));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readHttp(String name, BodyReader in) throws IOException {
    if (name.equals("method")) {
      method = in.string();
      return true;
    }
    return false;
  }

  private static Map<String, String> readHeaders(BodyReader in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    in.fields(
        "headers",
        name -> {
          headers.put(name.toLowerCase(Locale.ROOT), in.string());
          return true;
        });
    return headers;
  }

  /**
   * The request without its body, which is not decoded.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if the query string cannot be decoded
   */
  public ApiRequest head() {
    return new ApiRequest(
        method.toUpperCase(Locale.ROOT),
        pathWithoutStage(),
        QueryString.parse(query),
        headers,
        new byte[0]);
  }

  /**
   * The request that the event carries.
   *
   * @param maxBodyBytes that a compressed body may inflate to
   * @throws dev.siltstone.failure.InvalidRequestException if query string or body cannot be decoded
   * @throws dev.siltstone.api.ApiException 413 if the body inflates too far, 415 if it is encoded
   *     in an unknown way
   */
  public ApiRequest request(int maxBodyBytes) {
    return head()
        .withBody(GatewayBody.decode(body, base64, headers.get("content-encoding"), maxBodyBytes));
  }

  /** When the gateway took the request; null if the event does not say. */
  public @Nullable Instant receivedAt() {
    return receivedAt;
  }

  private String pathWithoutStage() {
    String prefix = "/" + stage + "/";
    return path.startsWith(prefix) ? path.substring(prefix.length() - 1) : path;
  }
}
