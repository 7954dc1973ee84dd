package dev.siltstone.local.operations;

import dev.siltstone.operations.command.CollectionReference;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The collection a command is about: its first parameter, and where that name is looked up. */
final class NamedCollection {
  @Mixin private CollectionOptions options = new CollectionOptions();

  @Parameters(index = "0", paramLabel = "COLLECTION", description = "Its name or id.")
  private String nameOrId = "";

  /** The collection of this name or id. */
  CollectionReference reference() {
    return options.named(nameOrId);
  }
}
