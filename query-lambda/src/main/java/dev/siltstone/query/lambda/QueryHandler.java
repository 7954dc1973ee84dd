package dev.siltstone.query.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.siltstone.api.AccessGuard;
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
import dev.siltstone.query.QueryApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Handles HTTP events of API Gateway (payload version 2) on the routes that the query function
 * owns, and direct invocations; see {@link ReadEvent} for their payload.
 */
public final class QueryHandler implements RequestStreamHandler {
  /** The body as it arrives is bounded by Lambda; this bounds what it may inflate to. */
  private static final int MAX_BODY_BYTES = 40 << 20;

  private final Router router = new Router();
  private final AccessGuard guard;
  private final QueryApi api;
  private final ReadEvents events;

  /** The entry point of the managed runtime. */
  public QueryHandler() {
    this(QueryComposition.of(System.getenv()));
  }

  QueryHandler(QueryComposition composition) {
    this.guard = composition.guard();
    this.api = composition.api();
    this.events = new ReadEvents(composition.catalog(), composition.api());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    Optional<GatewayEvent> http = GatewayEvent.read(event);
    output.write(http.isPresent() ? answer(http.get()) : direct(event));
  }

  private byte[] answer(GatewayEvent event) {
    try {
      ApiRequest head = event.head();
      return GatewayAnswer.write(head, route(head, event), GatewayAnswer.LAMBDA_BYTES);
    } catch (SiltstoneException | ApiException e) {
      return GatewayAnswer.write(ErrorResponse.of(e));
    }
  }

  private byte[] direct(byte[] event) {
    ApiResponse response = events.answer(event);
    if (response.status() >= 400) {
      throw new RefusedReadException(new String(response.body(), UTF_8));
    }
    return response.body();
  }

  private ApiResponse route(ApiRequest head, GatewayEvent event) {
    return switch (router.route(head.method(), head.path())) {
      case Routing.Matched(var match) when match.route().owner() == Route.Owner.QUERY -> {
        guard.admit(match, head);
        yield api.handle(match, event.request(MAX_BODY_BYTES));
      }
      case Routing.Matched _ -> ApiResponse.empty(404);
      case Routing.Refused(var response) -> response;
    };
  }
}
