package dev.siltstone.query.admin;

import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.description.DocsPage;
import dev.siltstone.api.description.OpenApi;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The API's description. It holds no data and is the same for everybody, so it needs no token; it
 * is made when it is asked for, which is seldom.
 */
final class DescriptionRoutes {
  /** The page loads nothing, from nowhere. */
  private static final Map<String, String> PAGE_HEADERS =
      Map.of(
          "content-type", "text/html; charset=utf-8",
          "content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");

  private DescriptionRoutes() {}

  static ApiResponse openApi() {
    return ApiResponse.json(200, OpenApi.json());
  }

  static ApiResponse docs() {
    return new ApiResponse(200, PAGE_HEADERS, DocsPage.html().getBytes(StandardCharsets.UTF_8));
  }
}
