package dev.siltstone.api;

import dev.siltstone.identity.CollectionId;
import java.util.Map;

/**
 * A route that fits a request.
 *
 * @param parameters the path's decoded segments by their name in {@link Route#path()}
 */
public record RouteMatch(Route route, Map<String, String> parameters) {
  public RouteMatch {
    parameters = Map.copyOf(parameters);
  }

  public String tenant() {
    return parameter("tenant");
  }

  public String database() {
    return parameter("database");
  }

  /** The name or the id of a collection, whichever the route says. */
  public String collection() {
    return parameter("collection");
  }

  /**
   * The collection's id, where the route takes one.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if the segment is no UUID
   */
  public CollectionId collectionId() {
    return CollectionId.parse(collection());
  }

  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(route + " has no parameter " + name);
    }
    return value;
  }
}
