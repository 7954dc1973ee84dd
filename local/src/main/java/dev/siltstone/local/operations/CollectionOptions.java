package dev.siltstone.local.operations;

import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.operations.command.CollectionReference;
import picocli.CommandLine.Option;

/** Where a collection's name is looked up; for commands that take a name or an id. */
final class CollectionOptions {
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

  /** The collection of this name or id. */
  CollectionReference named(String nameOrId) {
    return new CollectionReference(new TenantName(tenant), new DatabaseName(database), nameOrId);
  }
}
