package dev.siltstone.api.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Gzip;
import dev.siltstone.api.json.JsonTree;
import dev.siltstone.failure.InvalidRequestException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GatewayAnswerTest {
  private static final int LIMIT = 20_000;

  @Test
  void carriesStatusHeadersAndText() {
    ApiResponse response =
        ApiResponse.json(201, "{\"ü\":1}".getBytes(UTF_8)).withHeader("x-t", "7");
    assertThat(answer("GET", Map.of(), response))
        .isEqualTo(
            Map.of(
                "statusCode",
                201L,
                "headers",
                Map.of("content-type", "application/json", "x-t", "7"),
                "isBase64Encoded",
                false,
                "body",
                "{\"ü\":1}"));
  }

  @Test
  void compressesOnlyWhatIsLargeAndOnlyForWhoTakesIt() {
    ApiResponse large = text(10_000);
    Map<String, String> gzip = Map.of("accept-encoding", "br;q=1, gzip;q=0.5");
    Map<String, Object> zipped = answer("GET", gzip, large);
    assertThat(zipped).containsEntry("isBase64Encoded", true);
    assertThat(zipped.get("headers"))
        .isEqualTo(
            Map.of(
                "content-type", "application/json",
                "content-encoding", "gzip",
                "vary", "accept-encoding"));
    byte[] body = Base64.getDecoder().decode((String) Objects.requireNonNull(zipped.get("body")));
    assertThat(Gzip.inflate(body, LIMIT)).isEqualTo(large.body());
    assertThat(answer("GET", gzip, text(10))).containsEntry("isBase64Encoded", false);
    assertThat(answer("GET", Map.of(), large)).containsEntry("isBase64Encoded", false);
    assertThat(answer("GET", Map.of("accept-encoding", "gzip;q=0"), large))
        .containsEntry("isBase64Encoded", false);
  }

  @Test
  void answers413InsteadOfWhatAFunctionMayNotReturn() {
    assertThat(answer("GET", Map.of(), text(LIMIT))).containsEntry("statusCode", 413L);
    assertThat(answer("GET", Map.of("accept-encoding", "gzip"), text(LIMIT)))
        .containsEntry("statusCode", 200L);
  }

  @Test
  void leavesTheBodyOutForHead() {
    assertThat(answer("HEAD", Map.of(), text(10)))
        .containsEntry("body", "")
        .containsEntry("statusCode", 200L);
  }

  @Test
  void inflatesNoFurtherThanTheLimit() {
    byte[] bomb = Gzip.compress(new byte[50_000_000]);
    assertThatThrownBy(() -> Gzip.inflate(bomb, LIMIT))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(413));
    assertThat(Gzip.inflate(Gzip.compress(new byte[LIMIT]), LIMIT)).hasSize(LIMIT);
    assertThatThrownBy(() -> Gzip.inflate(new byte[] {1, 2, 3}, LIMIT))
        .isInstanceOf(InvalidRequestException.class);
  }

  private static ApiResponse text(int length) {
    return ApiResponse.json(200, ("\"" + "a".repeat(length) + "\"").getBytes(UTF_8));
  }

  @SuppressWarnings("unchecked") // a JSON object has names
  private static Map<String, Object> answer(
      String method, Map<String, String> headers, ApiResponse response) {
    ApiRequest request = new ApiRequest(method, "/", Map.of(), headers, new byte[0]);
    byte[] answer = GatewayAnswer.write(request, response, LIMIT);
    return (Map<String, Object>) Objects.requireNonNull(JsonTree.parse(new String(answer, UTF_8)));
  }
}
