package dev.siltstone.api;

/** What a router says to a method and a path. */
public sealed interface Routing {
  /** Go to this route. */
  record Matched(RouteMatch match) implements Routing {}

  /** No route: answer with this. */
  record Refused(ApiResponse response) implements Routing {}
}
