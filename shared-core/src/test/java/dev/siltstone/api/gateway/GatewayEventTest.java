package dev.siltstone.api.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.failure.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayEventTest {
  @Test
  void readsMethodPathQueryHeadersAndBody() {
    ApiRequest request =
        read(
            "{'version':'2.0','rawPath':'/api/v2/a%2Fb','rawQueryString':'x=1&y=a%20b&x=2',"
                + "'cookies':['c'],'headers':{'X-Token':'t'},'requestContext':{'stage':'$default',"
                + "'time':1,'http':{'method':'post','path':'/p'}},'body':'h\u00e9'}");
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/api/v2/a%2Fb");
    assertThat(request.query()).isEqualTo(Map.of("x", List.of("1", "2"), "y", List.of("a b")));
    assertThat(request.header("x-token")).contains("t");
    assertThat(new String(request.body(), UTF_8)).isEqualTo("h\u00e9");
  }

  @Test
  void takesTheStageOffThePath() {
    assertThat(read(event("/prod/api/v2", "prod", "'body':null")).path()).isEqualTo("/api/v2");
    assertThat(read(event("/api/v2", "api", "'body':null")).path()).isEqualTo("/v2");
    assertThat(read(event("/api/v2", "$default", "'body':null")).path()).isEqualTo("/api/v2");
  }

  @Test
  void knowsOtherEventsByTheirLackOfAnHttpContext() {
    assertThat(GatewayEvent.read(bytes("{'collection':'c','requestContext':{'stage':'x'}}")))
        .isEmpty();
  }

  @Test
  void refusesBodiesItCannotDecode() {
    assertThatThrownBy(() -> read(event("/", "s", "'isBase64Encoded':true,'body':'%%%'")))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(
            () -> read(event("/", "s", "'body':'x','headers':{'content-encoding':'gzip'}")))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(
            () -> read(event("/", "s", "'body':'x','headers':{'content-encoding':'br'}")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(415));
  }

  @Test
  void answersTextAsTextAndCompressedBytesAsBase64() {
    byte[] plain = GatewayAnswer.write(ApiResponse.json(201, bytes("{'a':1}")));
    assertThat(new String(plain, UTF_8))
        .isEqualTo(
            "{\"statusCode\":201,\"headers\":{\"content-type\":\"application/json\"},"
                + "\"body\":\"{\\\"a\\\":1}\",\"isBase64Encoded\":false}");
    ApiResponse zipped =
        new ApiResponse(200, Map.of("content-encoding", "gzip"), new byte[] {1, (byte) 0x8b});
    assertThat(new String(GatewayAnswer.write(zipped), UTF_8))
        .contains("\"body\":\"AYs=\",\"isBase64Encoded\":true");
  }

  private static ApiRequest read(String event) {
    return GatewayEvent.read(bytes(event)).orElseThrow().request(1_000);
  }

  private static String event(String path, String stage, String more) {
    return "{'rawPath':'%s','requestContext':{'stage':'%s','http':{'method':'GET'}},%s}"
        .formatted(path, stage, more);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}
