package dev.siltstone.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.siltstone.api.Route;
import dev.siltstone.emulators.AwsFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * An API Gateway on loopback: HTTP in front, events of payload format 2.0 behind, to the real
 * producer and query handlers, as the stack would route them. Each handler takes one event at a
 * time, as an instance of a function does.
 */
public final class GatewayBridge implements AutoCloseable {
  /** A path template's names in braces stand for one segment each. */
  private static final List<Pattern> PRODUCED =
      Arrays.stream(Route.values())
          .filter(route -> route.owner() == Route.Owner.PRODUCER)
          .map(route -> Pattern.compile(route.path().replaceAll("\\{\\w+}", "[^/]+")))
          .toList();

  private final HandlerProcess producer;
  private final HandlerProcess query;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private GatewayBridge(HandlerProcess producer, HandlerProcess query) throws IOException {
    this.producer = producer;
    this.query = query;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Starts both handlers over these services and listens on a free port. */
  public static GatewayBridge start(AwsFamily family, Path folder) throws IOException {
    HandlerProcess producer =
        HandlerProcess.start(
            "dev.siltstone.ingest.lambda.ProducerHandler", family, folder.resolve("producer"));
    HandlerProcess query =
        HandlerProcess.start(
            "dev.siltstone.query.lambda.QueryHandler", family, folder.resolve("query"));
    GatewayBridge bridge = new GatewayBridge(producer, query);
    bridge.server.createContext("/", bridge::handle);
    bridge.server.setExecutor(bridge.threads);
    bridge.server.start();
    return bridge;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getRawPath();
      HandlerProcess owner =
          PRODUCED.stream().anyMatch(route -> route.matcher(path).matches()) ? producer : query;
      JsonNode answer;
      synchronized (owner) {
        answer = owner.invoke(event(exchange, body));
      }
      write(exchange, answer);
    }
  }

  /** Text travels as it is, all else as base64. */
  private static Map<String, Object> event(HttpExchange exchange, byte[] body) {
    URI uri = exchange.getRequestURI();
    Map<String, String> headers = headers(exchange.getRequestHeaders());
    boolean text =
        headers.getOrDefault("content-type", "").startsWith("application/json")
            && !headers.containsKey("content-encoding");
    Map<String, Object> event = new HashMap<>();
    event.put("version", "2.0");
    event.put("rawPath", uri.getRawPath());
    event.put("rawQueryString", Objects.requireNonNullElse(uri.getRawQuery(), ""));
    event.put("headers", headers);
    event.put(
        "requestContext",
        Map.of("stage", "$default", "http", Map.of("method", exchange.getRequestMethod())));
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
    return event;
  }

  private static Map<String, String> headers(Headers sent) {
    Map<String, String> headers = new HashMap<>();
    sent.forEach(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return headers;
  }

  private static void write(HttpExchange exchange, JsonNode answer) throws IOException {
    String text = answer.path("body").asText();
    byte[] body =
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    answer
        .path("headers")
        .properties()
        .forEach(header ->
            exchange.getResponseHeaders().set(header.getKey(), header.getValue().asText()));
    exchange.sendResponseHeaders(
        answer.get("statusCode").asInt(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    producer.close();
    query.close();
  }
}
