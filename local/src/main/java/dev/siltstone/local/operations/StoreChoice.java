package dev.siltstone.local.operations;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store a command works on: a folder, or the table of a deployed stack. */
final class StoreChoice {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of a local store (${DEFAULT-VALUE}).")
  private Path data = Path.of("siltstone-data");

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The table of a deployed stack, instead of a folder: its output Table.")
  private @Nullable String table;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The stack's region, if it is not the one of your AWS configuration.")
  private @Nullable String region;

  Path data() {
    return data;
  }

  /** Null for a folder. */
  @Nullable String table() {
    return table;
  }

  /** Null for the one that the AWS configuration names. */
  @Nullable String region() {
    return region;
  }
}
