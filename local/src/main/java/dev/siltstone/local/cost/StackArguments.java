package dev.siltstone.local.cost;

import picocli.CommandLine.Option;

/** The command's arguments about the options of the stack. */
final class StackArguments {
  @Option(names = "--ingest-queue", description = "The stack has siltstone:ingestQueue.")
  private boolean ingestQueue;

  @Option(
      names = "--queued",
      paramLabel = "N",
      description = "Messages of the ingest queue a day, each a write of one record.")
  private long queued;

  @Option(names = "--import-files", description = "The stack has siltstone:importFiles.")
  private boolean importFiles;

  @Option(names = "--files", paramLabel = "N", description = "Files dropped under import/ a day.")
  private long files;

  @Option(names = "--file-records", paramLabel = "N", description = "Records of one such file.")
  private long fileRecords = 10_000;

  @Option(names = "--warm-up", description = "The stack has siltstone:warmUp.")
  private boolean warmUp;

  /** The stack, and how much its options are used; not at all while idle. */
  StackOptions options(boolean idle) {
    StackOptions given =
        new StackOptions(ingestQueue, queued, importFiles, files, fileRecords, warmUp);
    return idle ? new StackOptions(ingestQueue, 0, importFiles, 0, 1, warmUp) : given;
  }
}
