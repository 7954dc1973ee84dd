package dev.siltstone.local.cost;

import static dev.siltstone.local.cost.Assumptions.DAYS;

/** What the use of a stack's options makes of a month: deltas, calls, invocations, seconds. */
final class OptionUse {
  private static final int MOST_IDS = 90;
  private static final double MOST_OPERATIONS = 1_000;
  private static final double MOST_TEXT = 4 << 20;

  private final Workload work;
  private final StackOptions options;

  OptionUse(Workload work, StackOptions options) {
    this.work = work;
    this.options = options;
  }

  /** Deltas beside those of plain writes. */
  double deltas() {
    return queuedDeltas() + files() * partsOfFile();
  }

  /** Ids of writes that may arrive again, each an item for three weeks, which then goes free. */
  double ids() {
    return queued() + files() * partsOfFile();
  }

  /** Calls of the functions, and the senders' own PUTs of files. */
  Calls calls() {
    return OptionCalls.queuedDelta(1)
        .times(queuedDeltas())
        .plus(OptionCalls.importedFile(partsOfFile()).times(files()))
        .plus(goingOn().times(fileRuns() - files()))
        .and("S3.PutObject", files());
  }

  /** What a further invocation for one file begins with; the last one has asked for it. */
  private static Calls goingOn() {
    return Calls.of("S3.GetObject", 2).and("DynamoDb.GetItem", 1).and("Sqs.SendMessage", 1);
  }

  double invocations() {
    return queuedDeltas() + fileRuns();
  }

  double seconds() {
    return queuedDeltas() * Assumptions.QUEUED_DELTA_SECONDS
        + files() * partsOfFile() * Assumptions.PART_SECONDS;
  }

  /** Messages sent, received and deleted; of small ones ten are received and deleted at once. */
  double queueRequests() {
    return queued() + 2 * Math.max(queuedDeltas(), queued() / 10) + 3 * fileRuns();
  }

  private double queued() {
    return options.queuedPerDay() * DAYS;
  }

  private double files() {
    return options.filesPerDay() * DAYS;
  }

  /** A delta holds what arrives while Lambda waits for more. */
  private double queuedDeltas() {
    double perSecond = options.queuedPerDay() / (work.hoursPerDay() * 3600);
    return queued() / Math.clamp(perSecond * Assumptions.QUEUE_WINDOW_SECONDS, 1, MOST_IDS);
  }

  private int partsOfFile() {
    double text = Assumptions.TEXT_BYTES * work.dimension() + work.documentBytes();
    double records = Math.clamp(MOST_TEXT / text, 1, MOST_OPERATIONS);
    return (int) Math.ceil(options.recordsPerFile() / records);
  }

  private double fileRuns() {
    return files()
        * Math.ceil(partsOfFile() * Assumptions.PART_SECONDS / Assumptions.IMPORT_SECONDS);
  }
}
