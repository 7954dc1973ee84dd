package dev.siltstone.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as both ways in deliver it: API Gateway events and the local server.
 *
 * @param method upper-case
 * @param path decoded only by the router, segment by segment; without query string
 * @param query decoded parameters
 * @param headers by lower-case name; the last value wins
 * @param body already decoded from base64 and content encodings; empty if none
 * @param room for the answer
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body,
    AnswerRoom room) {
  /** A request whose answer may be as large as any. */
  public ApiRequest(
      String method,
      String path,
      Map<String, List<String>> query,
      Map<String, String> headers,
      byte[] body) {
    this(method, path, query, headers, body, AnswerRoom.NOT_COUNTED);
  }

  /** The same request with another body. */
  public ApiRequest withBody(byte[] other) {
    return new ApiRequest(method, path, query, headers, other, room);
  }

  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(v -> !v.isEmpty()).map(List::getFirst);
  }

  /**
   * The body, to be read as JSON. A request that does not say what its body is sends JSON.
   *
   * @throws ApiException with status 415 if it says that the body is something else
   */
  public byte[] jsonBody() {
    String type = headers.getOrDefault("content-type", "application/json");
    String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean json =
        essence.equals("application/json")
            || (essence.startsWith("application/") && essence.endsWith("+json"));
    if (!json) {
      throw ApiException.unsupportedMediaType(
          "Expected request with `Content-Type: application/json`");
    }
    return body;
  }
}
