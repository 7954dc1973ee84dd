package dev.siltstone.local.http;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import java.util.Optional;

/**
 * What stands behind the port; called by many threads. Failures it throws are answered as errors.
 */
@FunctionalInterface
public interface HttpApi {
  ApiResponse answer(ApiRequest request);

  /**
   * The answer to a request whose body shall not even be read.
   *
   * @param head the request without its body
   */
  default Optional<ApiResponse> refusal(ApiRequest head) {
    return Optional.empty();
  }
}
