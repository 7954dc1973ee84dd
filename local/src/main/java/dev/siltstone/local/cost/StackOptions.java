package dev.siltstone.local.cost;

import dev.siltstone.failure.InvalidRequestException;

/**
 * Which of the options that cost something a stack has, and how much they are used.
 *
 * @param ingestQueue {@code siltstone:ingestQueue}
 * @param queuedPerDay messages of that queue, each a write of one record
 * @param importFiles {@code siltstone:importFiles}
 * @param filesPerDay files that are dropped
 * @param recordsPerFile records of one file
 * @param warmUp {@code siltstone:warmUp}
 */
public record StackOptions(
    boolean ingestQueue,
    long queuedPerDay,
    boolean importFiles,
    long filesPerDay,
    long recordsPerFile,
    boolean warmUp) {
  /** A stack as it is without any. */
  public static final StackOptions NONE = new StackOptions(false, 0, false, 0, 1, false);

  public StackOptions {
    require(queuedPerDay >= 0, "--queued is 0 or more");
    require(filesPerDay >= 0, "--files is 0 or more");
    require(recordsPerFile > 0, "--file-records is at least 1");
    require(ingestQueue || queuedPerDay == 0, "--queued needs a stack with --ingest-queue");
    require(importFiles || filesPerDay == 0, "--files needs a stack with --import-files");
  }

  /** Queues that Lambda polls beside that of the notices. */
  int queues() {
    return (ingestQueue ? 1 : 0) + (importFiles ? 1 : 0);
  }

  /** Alarms beside those that every stack has. */
  int alarms() {
    return (ingestQueue ? 1 : 0) + (importFiles ? 2 : 0);
  }

  long recordsPerDay() {
    return queuedPerDay + filesPerDay * recordsPerFile;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidRequestException(otherwise);
    }
  }
}
