package dev.siltstone.api;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import java.util.Map;

/**
 * What a route asks of its caller. A role is asked for in all that the route's path names: a
 * database; a tenant with all its databases; or, where it names neither, everything.
 */
public enum Permission {
  /** Nothing: what every client asks before it says who it is. */
  PUBLIC,
  /** A token, whichever. */
  ANY_TOKEN,
  /** A token that reaches something of the tenant. */
  ENTER,
  READ,
  WRITE,
  ADMIN;

  private static final int CRN_PARTS = 3;

  /** Whether a token allows this to a path with these parameters. */
  boolean isAllowed(AccessToken token, Map<String, String> path) {
    return switch (this) {
      case PUBLIC, ANY_TOKEN -> true;
      case ENTER -> token.scope().enters(path.getOrDefault("tenant", ""));
      case READ -> token.role().includes(Role.READ) && isReached(token.scope(), path);
      case WRITE -> token.role().includes(Role.WRITE) && isReached(token.scope(), path);
      case ADMIN -> token.role().includes(Role.ADMIN) && isReached(token.scope(), path);
    };
  }

  private static boolean isReached(Scope scope, Map<String, String> path) {
    if (path.containsKey("crn")) {
      String[] parts = path.get("crn").split(":", CRN_PARTS);
      return scope.reachesEverything()
          || (parts.length == CRN_PARTS && scope.reaches(parts[0], parts[1]));
    }
    if (path.containsKey("database")) {
      return scope.reaches(path.getOrDefault("tenant", ""), path.get("database"));
    }
    return path.containsKey("tenant")
        ? scope.reaches(path.get("tenant"))
        : scope.reachesEverything();
  }
}
