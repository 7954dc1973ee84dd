package dev.siltstone.local.operations;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where a collection's name is looked up; for commands that take a name or an id. */
final class CollectionOptions {
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int SUGGESTIONS = 20;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Whose collection it is (${DEFAULT-VALUE}).")
  private String tenant = TenantName.DEFAULT.value();

  @Option(
      names = "--database",
      paramLabel = "DATABASE",
      description = "The database that it is in (${DEFAULT-VALUE}).")
  private String database = DatabaseName.DEFAULT.value();

  /**
   * The collection of this name or id.
   *
   * @throws NotFoundException if there is none; the message says which there are
   */
  Collection find(Catalog catalog, String nameOrId) {
    if (ID.matcher(nameOrId).matches()) {
      return catalog
          .collection(CollectionId.parse(nameOrId))
          .orElseThrow(() -> new NotFoundException("there is no collection with id " + nameOrId));
    }
    TenantName owner = new TenantName(tenant);
    DatabaseName in = new DatabaseName(database);
    return catalog
        .collection(owner, in, new CollectionName(nameOrId))
        .orElseThrow(() ->
            new NotFoundException(
                "there is no collection %s in database %s of tenant %s; there %s"
                    .formatted(nameOrId, in, owner, those(catalog, owner, in))));
  }

  private static String those(Catalog catalog, TenantName tenant, DatabaseName database) {
    List<Collection> some = catalog.collections(tenant, database, SUGGESTIONS, 0);
    return some.isEmpty()
        ? "are none"
        : some.stream()
            .map(collection -> collection.name().value())
            .collect(
                Collectors.joining(", ", "is ", some.size() == SUGGESTIONS ? " and more" : ""));
  }
}
