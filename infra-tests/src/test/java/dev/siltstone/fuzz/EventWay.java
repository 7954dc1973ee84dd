package dev.siltstone.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.Gzip;
import dev.siltstone.api.gateway.GatewayAnswer;
import dev.siltstone.api.gateway.GatewayEvent;
import dev.siltstone.api.gateway.GatewayLimits;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.local.node.LocalNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Events of API Gateway, read and answered as the functions do it, on a node in this process. */
final class EventWay implements WayIn {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProcessorTime time = new ProcessorTime();
  private final LocalNode node;
  private final Random random;

  EventWay(LocalNode node, Random random) {
    this.node = node;
    this.random = random;
  }

  @Override
  public long mostProcessorNanos() {
    return time.mostNanos();
  }

  @Override
  public Answer send(ApiRequest request) throws IOException {
    return exchange(JSON.writeValueAsBytes(event(request)));
  }

  @Override
  public Answer sendSpoilt(ApiRequest request) throws IOException {
    ObjectNode event = event(request);
    switch (random.nextInt(9)) {
      case 0 -> event.put("body", "not base64!").put("isBase64Encoded", true);
      case 1 -> zipped(event, Zipped.of(request.body()));
      case 2 -> zipped(event, Zipped.bomb(1 << (10 + random.nextInt(17))));
      case 3 -> zipped(event, Zipped.damaged(request.body(), random));
      case 4 -> event.putNull("body");
      case 5 -> ((ObjectNode) event.get("headers")).put("content-type", "text/html");
      case 6 -> event.remove(List.of("body", "headers", "rawPath").get(random.nextInt(3)));
      case 7 -> event.put("rawQueryString", "%zz&=&a=%ff&limit=1&limit=2&" + "&".repeat(200));
      default -> {
        byte[] bytes = JSON.writeValueAsBytes(event);
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        return exchange(bytes);
      }
    }
    return exchange(JSON.writeValueAsBytes(event));
  }

  private static void zipped(ObjectNode event, byte[] body) {
    event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
    ((ObjectNode) event.get("headers")).put("content-encoding", "gzip");
  }

  private ObjectNode event(ApiRequest request) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("rawPath", request.path());
    event.put(
        "rawQueryString",
        String.join(
            "&",
            request.query().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().getFirst())
                .toList()));
    ObjectNode headers = event.putObject("headers");
    request.headers().forEach(headers::put);
    if (random.nextInt(4) == 0) {
      headers.put("accept-encoding", "gzip");
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("stage", "$default").putObject("http").put("method", request.method());
    boolean text = random.nextInt(3) > 0;
    event.put(
        "body",
        text
            ? new String(request.body(), StandardCharsets.UTF_8)
            : Base64.getEncoder().encodeToString(request.body()));
    event.put("isBase64Encoded", !text);
    return event;
  }

  private Answer exchange(byte[] event) throws IOException {
    byte[] written = time.of(() -> answered(event));
    if (written.length == 0) {
      return Answer.NONE;
    }
    JsonNode answer = JSON.readTree(written);
    String body = answer.get("body").asText();
    return new Answer(
        answer.get("statusCode").intValue(),
        answer.get("isBase64Encoded").asBoolean() ? unzipped(body) : body);
  }

  private static String unzipped(String base64) {
    byte[] body = Gzip.inflate(Base64.getDecoder().decode(base64), Integer.MAX_VALUE - 8);
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Empty where the event is no HTTP request. */
  private byte[] answered(byte[] bytes) {
    Optional<GatewayEvent> event;
    try {
      event = GatewayEvent.read(bytes);
    } catch (SiltstoneException | ApiException e) {
      return new byte[0];
    }
    return event.map(this::answered).orElseGet(() -> new byte[0]);
  }

  private byte[] answered(GatewayEvent event) {
    try {
      ApiRequest request = event.request(GatewayLimits.INFLATED_BYTES);
      return GatewayAnswer.write(request, node.answer(request), GatewayLimits.EVENT_BYTES);
    } catch (RuntimeException e) {
      return GatewayAnswer.write(ErrorResponse.of(e));
    }
  }

  @Override
  public void close() {}
}
