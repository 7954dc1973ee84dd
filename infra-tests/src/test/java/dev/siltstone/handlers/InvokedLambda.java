package dev.siltstone.handlers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts invocations that nobody waits for, and remembers them. */
final class InvokedLambda implements AutoCloseable {
  private static final int ACCEPTED = 202;

  private final HttpServer server;
  private final List<String> invocations = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<String> types = new CopyOnWriteArrayList<>();

  InvokedLambda() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::accept);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Payloads. */
  List<String> invocations() {
    return invocations;
  }

  List<String> paths() {
    return paths;
  }

  List<String> types() {
    return types;
  }

  private void accept(HttpExchange exchange) throws IOException {
    try (exchange) {
      invocations.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      paths.add(exchange.getRequestURI().getRawPath());
      types.add(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"));
      exchange.sendResponseHeaders(ACCEPTED, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
