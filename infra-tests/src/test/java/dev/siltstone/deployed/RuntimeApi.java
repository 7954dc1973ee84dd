package dev.siltstone.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Lambda's runtime API for one sandbox, version 2018-06-01, as the runtime interface client asks
 * for it: {@code GET invocation/next} waits for an event, its answer comes back by {@code POST
 * invocation/<id>/response} or {@code /error}; {@code init/error} says that the handler could not
 * be made, and {@code GET restore/next} waits for the restore of a SnapStart snapshot.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";

  /**
   * What came of an event.
   *
   * @param failed whether the invocation counts as failed
   */
  record Answer(boolean failed, String body) {}

  private record Event(String id, String body, Duration time) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(1);
  private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
  private final CompletableFuture<Answer> initialised = new CompletableFuture<>();
  private final CompletableFuture<Void> checkpointed = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();
  private volatile boolean gone;

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(ROOT, this::handle);
    server.start();
  }

  /** Value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Ends when the runtime first asks for an event, or fails to make the handler. */
  CompletableFuture<Answer> initialised() {
    return initialised;
  }

  /** Ends when the hooks before a SnapStart snapshot have run. */
  CompletableFuture<Void> checkpointed() {
    return checkpointed;
  }

  /** Lets a runtime go on that waits to be restored. */
  void restore() {
    restored.complete(null);
  }

  /** Hands over one event; the caller hands over no other until it is answered. */
  CompletableFuture<Answer> invoke(String id, String event, Duration time)
      throws InterruptedException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    answers.put(id, answer);
    if (gone) {
      failAll();
      return answer;
    }
    events.put(new Event(id, event, time));
    return answer;
  }

  /** The sandbox is gone. */
  void ended() {
    gone = true;
    initialised.completeExceptionally(new IllegalStateException("the sandbox has ended"));
    failAll();
  }

  private void failAll() {
    answers.values().forEach(answer -> answer.complete(new Answer(true, "the sandbox has ended")));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // Else the server ends connections that were idle for 30 s, while the client still uses them.
      exchange.getResponseHeaders().set("Connection", "close");
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (path) {
        case "invocation/next" -> next(exchange);
        case "restore/next" -> {
          checkpointed.complete(null);
          restored.join();
          exchange.sendResponseHeaders(200, -1);
        }
        case "init/error", "restore/error" -> {
          initialised.complete(new Answer(true, new String(body, UTF_8)));
          exchange.sendResponseHeaders(202, -1);
        }
        default -> answered(exchange, path.split("/"), body);
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    initialised.complete(new Answer(false, ""));
    Event event;
    try {
      event = events.take();
    } catch (InterruptedException e) {
      return; // The test is over.
    }
    Map<String, String> headers =
        Map.of(
            "Lambda-Runtime-Aws-Request-Id", event.id(),
            "Lambda-Runtime-Deadline-Ms",
                Long.toString(System.currentTimeMillis() + event.time().toMillis()),
            "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:us-east-1:111122223333:function:test",
            "Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
            "Content-Type", "application/json");
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = event.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void answered(HttpExchange exchange, String[] path, byte[] body) throws IOException {
    CompletableFuture<Answer> answer = answers.remove(path[1]);
    exchange.sendResponseHeaders(202, -1);
    if (answer != null) {
      answer.complete(new Answer(path[2].equals("error"), new String(body, UTF_8)));
    }
  }

  @Override
  public void close() {
    restore();
    threads.shutdownNow();
    server.stop(0);
  }
}
