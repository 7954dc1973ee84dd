package dev.siltstone.local.http;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Cross-origin requests of browsers (Fetch standard, CORS): pre-flights are answered here, answers
 * to allowed origins say so. A page of any other origin is refused before its request has an
 * effect, since a browser sends some of them without asking first. Programs send no origin and are
 * not affected.
 */
final class CrossOrigin implements Function<ApiRequest, ApiResponse> {
  private static final String ANY = "*";

  private final Set<String> allowed;
  private final Function<ApiRequest, ApiResponse> api;

  CrossOrigin(Set<String> allowed, Function<ApiRequest, ApiResponse> api) {
    this.allowed = allowed;
    this.api = api;
  }

  @Override
  public ApiResponse apply(ApiRequest request) {
    String origin = request.headers().get("origin");
    if (origin == null || isSameOrigin(origin, request)) {
      return api.apply(request);
    }
    if (!allowed.contains(ANY) && !allowed.contains(origin)) {
      return ErrorResponse.of(
          ApiException.forbidden("Pages of " + origin + " may not call this server"));
    }
    ApiResponse response = isPreflight(request) ? preflight(request) : api.apply(request);
    return response
        .withHeader("access-control-allow-origin", origin)
        .withHeader("access-control-expose-headers", ANY)
        .withHeader("vary", "origin");
  }

  private static boolean isSameOrigin(String origin, ApiRequest request) {
    return origin.equals("http://" + request.headers().get("host"));
  }

  private static boolean isPreflight(ApiRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().containsKey("access-control-request-method");
  }

  private static ApiResponse preflight(ApiRequest request) {
    String headers = request.header("access-control-request-headers").orElse("content-type");
    return new ApiResponse(
        204,
        Map.of(
            "access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE",
            "access-control-allow-headers", headers,
            "access-control-max-age", "600"),
        new byte[0]);
  }
}
