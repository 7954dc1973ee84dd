package dev.siltstone.query.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.siltstone.account.aws.SnapStart;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.Permission;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.Router;
import dev.siltstone.api.Routing;
import dev.siltstone.api.gateway.GatewayAnswer;
import dev.siltstone.api.gateway.GatewayEvent;
import dev.siltstone.api.gateway.GatewayLimits;
import dev.siltstone.cost.RequestCost;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.invocation.AnswerInTime;
import dev.siltstone.invocation.AnswerTime;
import dev.siltstone.invocation.Invocation;
import dev.siltstone.metrics.InvocationMetrics;
import dev.siltstone.metrics.Metric;
import dev.siltstone.query.QueryApi;
import dev.siltstone.settings.Settings;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles HTTP events of API Gateway (payload version 2) on the routes that the query function
 * owns, and direct invocations; see {@link ReadEvent} for their payload.
 */
public final class QueryHandler implements RequestStreamHandler {
  private static final int CLIENT_ERROR = 400;
  private static final int UNAVAILABLE = 503;
  private static final Logger LOG = LoggerFactory.getLogger(QueryHandler.class);

  private final Router router = new Router();
  private final AccessGuard guard;
  private final QueryApi api;
  private final ReadEvents events;
  private final InvocationMetrics metrics;
  private final ReadMetrics reads;
  private final Clock clock;
  private final AnswerInTime inTime =
      new AnswerInTime(Executors.newCachedThreadPool(Thread.ofPlatform().daemon(true).factory()));

  /** The entry point of the managed runtime. */
  public QueryHandler() {
    this(QueryComposition.of(System.getenv()));
    SnapStart.prime(new Settings(System.getenv()), this::answerHeartbeat);
  }

  QueryHandler(QueryComposition composition) {
    this.guard = composition.guard();
    this.api = composition.api();
    this.events = new ReadEvents(composition.catalog(), composition.api());
    this.metrics = composition.metrics();
    this.reads = new ReadMetrics(metrics);
    this.clock = composition.clock();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Duration remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
    try (var _ = Invocation.begin(context.getAwsRequestId(), metrics)) {
      byte[] event = input.readAllBytes();
      Optional<GatewayEvent> http = GatewayEvent.read(event);
      output.write(http.isPresent() ? answer(http.get(), remaining) : direct(event));
    }
  }

  /** What every request passes through, without a call. */
  private void answerHeartbeat() {
    byte[] event =
        """
        {"rawPath":"/api/v2/heartbeat","requestContext":{"http":{"method":"GET"}}}\
        """
            .getBytes(UTF_8);
    GatewayEvent.read(event).ifPresent(http -> answer(http, Duration.ofSeconds(30)));
  }

  private byte[] answer(GatewayEvent event, Duration remaining) {
    Deadline deadline = AnswerTime.of(clock, remaining, event.receivedAt());
    try {
      ApiRequest head = event.head();
      ApiResponse response = answer(head, event, deadline);
      if (response.status() == UNAVAILABLE) {
        metrics.record(Metric.UNAVAILABLE, 1);
      }
      return GatewayAnswer.write(head, response, GatewayLimits.EVENT_BYTES);
    } catch (SiltstoneException | ApiException e) {
      return GatewayAnswer.write(ErrorResponse.of(e));
    }
  }

  private static AnswerInTime.Effect effect(Route route) {
    return route.permission() == Permission.WRITE || route.permission() == Permission.ADMIN
        ? AnswerInTime.Effect.PERHAPS
        : AnswerInTime.Effect.NONE;
  }

  private ApiResponse handle(RouteMatch match, ApiRequest head, GatewayEvent event) {
    guard.admit(match, head);
    ApiRequest request = event.request(GatewayLimits.INFLATED_BYTES);
    RequestCost cost = new RequestCost(clock::nanoTime);
    ApiResponse response = cost.of(() -> api.handle(match, request));
    if (match.route().area() == Route.Area.RECORDS && response.status() < CLIENT_ERROR) {
      reads.record(match.route(), cost);
    }
    LOG.atInfo()
        .addKeyValue("route", match.route())
        .addKeyValue("collection", match.parameters().get("collection"))
        .addKeyValue("status", response.status())
        .addKeyValue("snapshot", response.headers().get("x-siltstone-snapshot"))
        .addKeyValue("sequence", response.headers().get("x-siltstone-token"))
        .log("answered");
    return response;
  }

  private byte[] direct(byte[] event) {
    ApiResponse response = events.answer(event);
    if (response.status() >= 400) {
      throw new RefusedReadException(new String(response.body(), UTF_8));
    }
    return response.body();
  }

  private ApiResponse answer(ApiRequest head, GatewayEvent event, Deadline deadline) {
    return switch (router.route(head.method(), head.path())) {
      case Routing.Matched(var match) when match.route().owner() == Route.Owner.QUERY ->
          inTime.answer(deadline, effect(match.route()), () -> handle(match, head, event));
      case Routing.Matched _ -> ApiResponse.empty(404);
      case Routing.Refused(var response) -> response;
    };
  }
}
