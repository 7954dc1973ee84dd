package dev.siltstone.local.http;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.function.Function;

/** Answers with what it was asked, and keeps the last request for a look. */
final class EchoApi implements Function<ApiRequest, ApiResponse> {
  private volatile ApiRequest last =
      new ApiRequest("", "", new TreeMap<>(), new TreeMap<>(), new byte[0]);

  ApiRequest last() {
    return last;
  }

  @Override
  public ApiResponse apply(ApiRequest request) {
    last = request;
    byte[] body = request.body();
    return body.length == 0
        ? ApiResponse.json(200, "\"nothing\"".getBytes(StandardCharsets.UTF_8))
        : ApiResponse.json(201, body);
  }
}
