package dev.siltstone.api;

import java.util.List;
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
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body) {
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(v -> !v.isEmpty()).map(List::getFirst);
  }
}
