package dev.siltstone.ingest.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.Route;
import dev.siltstone.api.Router;
import dev.siltstone.api.Routing;
import dev.siltstone.api.gateway.GatewayAnswer;
import dev.siltstone.api.gateway.GatewayEvent;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.ingest.WriteEvent;
import dev.siltstone.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer's entry point. Takes the HTTP API's events for {@code add}, {@code upsert} and
 * {@code update}, and event payloads of callers that invoke the function themselves ({@link
 * WriteEvent}); an HTTP event is known by its request context. What is wrong with an HTTP request
 * is answered; what is wrong with a payload fails the invocation, with the same JSON as its error
 * message.
 */
public final class ProducerHandler implements RequestStreamHandler {
  private static final Logger log = LoggerFactory.getLogger(ProducerHandler.class);

  private final Router router = new Router();
  private final Producer producer;

  /** For the Lambda runtime: reads the function's environment. */
  public ProducerHandler() {
    this(Producer.of(new Settings(System.getenv())));
  }

  ProducerHandler(Producer producer) {
    this.producer = producer;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write(answer(input.readAllBytes()));
  }

  private byte[] answer(byte[] event) {
    try {
      Optional<GatewayEvent> http = GatewayEvent.read(event);
      return http.isPresent()
          ? GatewayAnswer.write(answer(http.get()))
          : WriteEvent.answer(producer.ingestor().ingest(WriteEvent.parse(event)));
    } catch (RuntimeException e) {
      if (ErrorResponse.hides(e)) {
        log.error("the event was not written", e);
      }
      throw new RefusedEventException(new String(ErrorResponse.of(e).body(), UTF_8));
    }
  }

  private ApiResponse answer(GatewayEvent event) {
    try {
      ApiRequest head = event.head();
      return switch (router.route(head.method(), head.path())) {
        case Routing.Matched(var match) when match.route().owner() == Route.Owner.PRODUCER -> {
          producer.guard().admit(match, head);
          yield producer.api().handle(match, event.request(producer.limits().maxBodyBytes()));
        }
        case Routing.Matched _ -> ApiResponse.empty(404);
        case Routing.Refused(var response) -> response;
      };
    } catch (SiltstoneException | ApiException e) {
      return ErrorResponse.of(e);
    }
  }
}
