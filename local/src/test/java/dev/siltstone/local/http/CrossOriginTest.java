package dev.siltstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrossOriginTest {
  private static final String PAGE = "https://app.example";
  private final EchoApi echo = new EchoApi();

  @Test
  void leavesProgramsAlone() {
    ApiResponse answer = new CrossOrigin(Set.of(), echo).apply(request("POST", Map.of()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsOnlyKeys("content-type");
  }

  @Test
  void refusesOtherPagesBeforeTheRequestHasAnEffect() {
    ApiResponse answer =
        new CrossOrigin(Set.of("https://other.example"), echo)
            .apply(request("POST", Map.of("origin", PAGE)));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(echo.last().method()).isEmpty();
  }

  @Test
  void servesPagesOfItsOwn() {
    ApiResponse answer =
        new CrossOrigin(Set.of(), echo)
            .apply(
                request(
                    "GET", Map.of("origin", "http://127.0.0.1:8000", "host", "127.0.0.1:8000")));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void tellsAllowedPagesThatTheyAreAllowed() {
    ApiResponse answer =
        new CrossOrigin(Set.of(PAGE), echo).apply(request("POST", Map.of("origin", PAGE)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("access-control-allow-origin", PAGE);
  }

  @Test
  void answersPreflightsOfAnyPageWhenAllAreAllowed() {
    ApiResponse answer =
        new CrossOrigin(Set.of("*"), echo)
            .apply(
                request(
                    "OPTIONS",
                    Map.of(
                        "origin", PAGE,
                        "access-control-request-method", "POST",
                        "access-control-request-headers", "content-type,x-chroma-token")));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers())
        .containsEntry("access-control-allow-headers", "content-type,x-chroma-token")
        .containsEntry("access-control-allow-origin", PAGE);
    assertThat(echo.last().method()).isEmpty();
  }

  private static ApiRequest request(String method, Map<String, String> headers) {
    return new ApiRequest(method, "/", Map.of(), new TreeMap<>(headers), new byte[0]);
  }
}
