package dev.siltstone.query.admin;

import dev.siltstone.api.RouteMatch;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.InvalidRequestException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Names in paths, where something is looked up: a name that nothing can have is a name that nothing
 * has.
 */
final class Names {
  private Names() {}

  /** The database a path names, with its tenant; empty if there can be none. */
  record DatabasePath(TenantName tenant, DatabaseName database) {}

  static Optional<TenantName> tenant(RouteMatch match) {
    return possible(match.tenant(), TenantName::new);
  }

  static Optional<DatabasePath> database(RouteMatch match) {
    return database(match.tenant(), match.database());
  }

  static Optional<DatabasePath> database(String tenant, String database) {
    return possible(tenant, TenantName::new)
        .flatMap(owner ->
            possible(database, DatabaseName::new).map(name -> new DatabasePath(owner, name)));
  }

  static Optional<CollectionName> collection(String name) {
    return possible(name, CollectionName::new);
  }

  private static <T> Optional<T> possible(String text, Function<String, T> name) {
    try {
      return Optional.of(name.apply(text));
    } catch (InvalidRequestException _) {
      return Optional.empty();
    }
  }
}
