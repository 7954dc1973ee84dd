package dev.siltstone.ingest.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.siltstone.account.aws.SnapStart;
import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.Router;
import dev.siltstone.api.Routing;
import dev.siltstone.api.gateway.GatewayAnswer;
import dev.siltstone.api.gateway.GatewayEvent;
import dev.siltstone.api.gateway.GatewayLimits;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.ingest.CollectionRef;
import dev.siltstone.ingest.ProducerApi;
import dev.siltstone.ingest.WriteBatch;
import dev.siltstone.ingest.WriteEvent;
import dev.siltstone.invocation.AnswerInTime;
import dev.siltstone.invocation.AnswerTime;
import dev.siltstone.invocation.Invocation;
import dev.siltstone.log.Receipt;
import dev.siltstone.metrics.Metric;
import dev.siltstone.settings.Settings;
import dev.siltstone.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer's entry point. Takes the HTTP API's events for {@code add}, {@code upsert} and
 * {@code update}, and event payloads of callers that invoke the function themselves ({@link
 * WriteEvent}), and messages of the ingest queue, whose failures it answers as the queue's event
 * source wants. An HTTP event is known by its request context, a batch of messages by its records.
 * What is wrong with an HTTP request is answered; what is wrong with a payload fails the
 * invocation, with the same JSON as its error message.
 */
public final class ProducerHandler implements RequestStreamHandler {
  private static final Logger log = LoggerFactory.getLogger(ProducerHandler.class);
  private static final int UNAVAILABLE = 503;

  /** What is begun must end before the function is cut off. */
  private static final Duration ONE_DELTA = Duration.ofSeconds(5);

  private static final Duration ONE_PART = Duration.ofSeconds(10);

  private final Router router = new Router();
  private final AnswerInTime inTime =
      new AnswerInTime(Executors.newCachedThreadPool(Thread.ofPlatform().daemon(true).factory()));
  private final Producer producer;

  /** For the Lambda runtime: reads the function's environment. */
  public ProducerHandler() {
    this(Producer.of(new Settings(System.getenv())));
    SnapStart.prime(new Settings(System.getenv()), this::answerNothing);
  }

  /** What every request passes through, without a call: there is no such route. */
  private void answerNothing() {
    byte[] event =
        """
        {"rawPath":"/api/v2/nothing","requestContext":{"http":{"method":"POST"}}}\
        """
            .getBytes(UTF_8);
    GatewayEvent.read(event).ifPresent(http -> answer(http, Duration.ofSeconds(30)));
  }

  ProducerHandler(Producer producer) {
    this.producer = producer;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Duration remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
    try (var _ = Invocation.begin(context.getAwsRequestId(), producer.metrics())) {
      output.write(answer(input.readAllBytes(), remaining));
    }
  }

  private byte[] answer(byte[] event, Duration remaining) {
    try {
      Optional<GatewayEvent> http = GatewayEvent.read(event);
      if (http.isPresent()) {
        return answer(http.get(), remaining);
      }
      Optional<List<QueueMessage>> messages = QueueMessage.readAll(event);
      return messages.isPresent()
          ? queued(messages.get(), remaining)
          : direct(WriteEvent.parse(event));
    } catch (RuntimeException e) {
      if (ErrorResponse.hides(e)) {
        log.error("the event was not written", e);
      }
      throw new RefusedEventException(new String(ErrorResponse.of(e).body(), UTF_8));
    }
  }

  /** A batch is of one queue. */
  private byte[] queued(List<QueueMessage> messages, Duration remaining) {
    FileWorker files = producer.files();
    boolean isOfFiles = files != null && messages.stream().allMatch(files::isFor);
    Duration reserve = isOfFiles ? ONE_PART : ONE_DELTA;
    Deadline deadline = Deadline.in(producer.clock(), remaining.minus(reserve));
    return files != null && isOfFiles
        ? files.take(messages, deadline)
        : producer.queue().take(messages, deadline);
  }

  private byte[] direct(WriteBatch batch) {
    Optional<Receipt> receipt = producer.ingestor().ingest(batch);
    receipt.ifPresent(written ->
        log.atInfo()
            .addKeyValue("collection", name(batch.collection()))
            .addKeyValue("sequence", written.sequence().value())
            .addKeyValue("operations", written.count())
            .log("written"));
    return WriteEvent.answer(receipt);
  }

  private byte[] answer(GatewayEvent event, Duration remaining) {
    Deadline deadline = AnswerTime.of(producer.clock(), remaining, event.receivedAt());
    ApiResponse response = inTime.answer(deadline, AnswerInTime.Effect.PERHAPS, () -> route(event));
    if (response.status() == UNAVAILABLE) {
      producer.metrics().record(Metric.UNAVAILABLE, 1);
    }
    return written(event, response);
  }

  private static byte[] written(GatewayEvent event, ApiResponse response) {
    try {
      return GatewayAnswer.write(event.head(), response, GatewayLimits.EVENT_BYTES);
    } catch (SiltstoneException e) {
      return GatewayAnswer.write(ErrorResponse.of(e));
    }
  }

  private static String name(CollectionRef collection) {
    return switch (collection) {
      case CollectionRef.ById ref -> ref.id().toString();
      case CollectionRef.ByName ref -> ref.name().value();
    };
  }

  private ApiResponse route(GatewayEvent event) {
    try {
      ApiRequest head = event.head();
      return switch (router.route(head.method(), head.path())) {
        case Routing.Matched(var match) when match.route().owner() == Route.Owner.PRODUCER -> {
          producer.guard().admit(match, head);
          ApiRequest request = event.request(producer.limits().maxBodyBytes());
          yield logged(match, producer.api().handle(match, request));
        }
        case Routing.Matched _ -> ApiResponse.empty(404);
        case Routing.Refused(var response) -> response;
      };
    } catch (SiltstoneException | ApiException e) {
      return ErrorResponse.of(e);
    }
  }

  private static ApiResponse logged(RouteMatch match, ApiResponse response) {
    log.atInfo()
        .addKeyValue("route", match.route())
        .addKeyValue("collection", match.parameters().get("collection"))
        .addKeyValue("status", response.status())
        .addKeyValue("sequence", response.headers().get(ProducerApi.TOKEN_HEADER))
        .log("answered");
    return response;
  }
}
