package dev.siltstone.query.lambda;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.query.QueryApi;
import java.util.Map;
import java.util.Optional;

/** Answers direct invocations as the HTTP API would answer the same body. */
final class ReadEvents {
  private final Catalog catalog;
  private final QueryApi api;

  ReadEvents(Catalog catalog, QueryApi api) {
    this.catalog = catalog;
    this.api = api;
  }

  ApiResponse answer(byte[] payload) {
    try {
      ReadEvent event = ReadEvent.parse(payload);
      RouteMatch match =
          new RouteMatch(
              event.route(),
              Map.of(
                  "tenant", event.tenant().value(),
                  "database", event.database().value(),
                  "collection", collection(event).toString()));
      return api.handle(match, new ApiRequest("POST", "/", Map.of(), event.headers(), payload));
    } catch (SiltstoneException e) {
      return ErrorResponse.of(e);
    }
  }

  /** The collection of that id or, if the text is none, of that name. */
  private CollectionId collection(ReadEvent event) {
    Optional<CollectionId> id = asId(event.collection());
    if (id.isPresent()) {
      return id.get();
    }
    return catalog
        .collection(event.tenant(), event.database(), new CollectionName(event.collection()))
        .map(Collection::id)
        .orElseThrow(() ->
            new NotFoundException("Collection [%s] does not exist".formatted(event.collection())));
  }

  private static Optional<CollectionId> asId(String text) {
    try {
      return Optional.of(CollectionId.parse(text));
    } catch (InvalidRequestException e) {
      return Optional.empty();
    }
  }
}
