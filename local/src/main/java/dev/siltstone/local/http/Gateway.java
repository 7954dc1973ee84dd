package dev.siltstone.local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.siltstone.api.AnswerRoom;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.QueryString;
import dev.siltstone.failure.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an exchange to a request, and from the answer back. */
final class Gateway implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  private static final byte[] NO_BODY = new byte[0];

  private final RequestGate gate = new RequestGate();
  private final BodyReader bodies;
  private final MemoryBudget answerMemory;
  private final ResponseWriter answers;
  private final Set<String> origins;
  private final HttpApi api;

  private final Workers workers;

  private Gateway(
      BodyReader bodies,
      MemoryBudget answerMemory,
      ResponseWriter answers,
      Set<String> origins,
      HttpApi api,
      Workers workers) {
    this.bodies = bodies;
    this.answerMemory = answerMemory;
    this.answers = answers;
    this.origins = origins;
    this.api = api;
    this.workers = workers;
  }

  static Gateway of(HttpSettings settings, HttpApi api, Workers workers) {
    return new Gateway(
        new BodyReader(settings.maxBodyBytes(), new MemoryBudget(settings.sharedBodyBytes())),
        new MemoryBudget(settings.sharedAnswerBytes()),
        new ResponseWriter(settings.compression()),
        settings.allowedOrigins(),
        api,
        workers);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!gate.enter()) {
      refuse(exchange);
      return;
    }
    try (exchange;
        MemoryBudget.Share room = answerMemory.open()) {
      ApiResponse answer = answer(exchange, room);
      ApiResponse packed = workers.answer(() -> answers.packed(exchange, answer));
      room.shrinkTo(packed.body().length);
      answers.write(exchange, packed);
    } finally {
      gate.leave();
    }
  }

  /** Takes no more requests and waits, up to {@code grace}, for the answers under way. */
  void stop(Duration grace) {
    gate.shut(grace);
  }

  private void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiResponse stopping =
          ErrorResponse.of(new UnavailableException("The server is stopping", null));
      answers.write(exchange, stopping.withHeader("connection", "close"));
    }
  }

  private ApiResponse answer(HttpExchange exchange, AnswerRoom room) throws IOException {
    try {
      ApiRequest head = request(exchange, room);
      Optional<ApiResponse> refusal = workers.answer(() -> api.refusal(head));
      return refusal.isPresent()
          ? new CrossOrigin(origins, _ -> refusal.get()).apply(head)
          : answer(exchange, head);
    } catch (RuntimeException e) {
      return failed(exchange, e);
    } catch (Error e) {
      // The client gets an answer; the thread's own handler gets to see it as well.
      answers.write(exchange, failed(exchange, e));
      throw e;
    }
  }

  private ApiResponse answer(HttpExchange exchange, ApiRequest head) throws IOException {
    try (RequestBody sent = bodies.read(exchange)) {
      return workers.answer(() -> answer(head, sent));
    }
  }

  private ApiResponse answer(ApiRequest head, RequestBody sent) {
    try (RequestBody body = bodies.decode(head.headers().get("content-encoding"), sent)) {
      return new CrossOrigin(origins, api::answer).apply(head.withBody(body.bytes()));
    }
  }

  private static ApiResponse failed(HttpExchange exchange, Throwable failure) {
    if (ErrorResponse.hides(failure)) {
      log.error(
          "{} {} failed",
          exchange.getRequestMethod(),
          exchange.getRequestURI().getRawPath(),
          failure);
    }
    return ErrorResponse.of(failure);
  }

  private static ApiRequest request(HttpExchange exchange, AnswerRoom room) {
    URI uri = exchange.getRequestURI();
    return new ApiRequest(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        QueryString.parse(uri.getRawQuery()),
        headers(exchange.getRequestHeaders()),
        NO_BODY,
        room);
  }

  private static Map<String, String> headers(Headers sent) {
    Map<String, String> headers = HashMap.newHashMap(sent.size());
    for (Map.Entry<String, List<String>> header : sent.entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().getLast());
    }
    return headers;
  }
}
