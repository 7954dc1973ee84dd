package dev.siltstone.query.admin;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.Route;
import dev.siltstone.failure.NotFoundException;

/** Routes that clients know and that nothing stands behind here; the single-node server's words. */
final class UnsupportedRoutes {
  private UnsupportedRoutes() {}

  static RuntimeException refusal(Route route) {
    return switch (route) {
      case FORK ->
          ApiException.notImplemented("Collection forking is unsupported for local chroma");
      case FORK_COUNT -> ApiException.notImplemented("Count forks is unsupported for local chroma");
      case GET_FUNCTION -> new NotFoundException("Attached function not found");
      default -> ApiException.notImplemented("Attached functions are not supported");
    };
  }
}
