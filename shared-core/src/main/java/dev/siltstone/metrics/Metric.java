package dev.siltstone.metrics;

/**
 * What is measured, under the names that dashboards and alarms use; {@code docs/metrics.md} tells
 * what each means to an operator. None is kept per collection: CloudWatch charges for every
 * combination of a metric and its dimensions.
 */
public enum Metric {
  /** Deltas committed. */
  DELTAS_COMMITTED("DeltasCommitted", Unit.COUNT),
  /** Operations in them. */
  OPERATIONS_COMMITTED("OperationsCommitted", Unit.COUNT),
  /** Texts that Siltstone made vectors for. */
  TEXTS_EMBEDDED("TextsEmbedded", Unit.COUNT),
  /** Writes that are committed although their notice could not be sent. */
  NOTICES_LOST("NoticesLost", Unit.COUNT),
  /** Writes from the ingest queue, or of files, that arrived again and were not applied again. */
  REPEATED_WRITES("RepeatedWrites", Unit.COUNT),
  /** Writes from the ingest queue that were not applied, this time. */
  REFUSED_WRITES("RefusedWrites", Unit.COUNT),
  /** Files that could not be imported, or not to their end. */
  REFUSED_FILES("RefusedFiles", Unit.COUNT),
  /** Runs that found the collection's lock held by another. */
  LOCK_LOSSES("LockLosses", Unit.COUNT),
  /** Runs that failed: a service did not answer, or data is damaged. */
  FAILED_RUNS("FailedRuns", Unit.COUNT),
  /** Places of the log that a run found unfolded when it began. */
  BACKLOG("Backlog", Unit.EACH_COUNT),
  /** How long the oldest of them had waited. */
  OLDEST_UNFOLDED_AGE("OldestUnfoldedAge", Unit.SECONDS),
  /** Places that no write filled, among those that a run folded. */
  HOLES("Holes", Unit.COUNT),
  /** Deltas set aside because nobody can read them. */
  QUARANTINED_DELTAS("QuarantinedDeltas", Unit.COUNT),
  /** How long a run lasted that held the lock. */
  RUN_DURATION("RunDuration", Unit.MILLISECONDS),
  /** Bytes that compaction fetched from S3 and wrote there. */
  BYTES_MOVED("BytesMoved", Unit.BYTES),
  /** Bytes that a run wrote for each byte of deltas it folded. */
  WRITE_AMPLIFICATION("WriteAmplification", Unit.RATIO),
  /** Bytes of the segments that a published snapshot names. */
  SNAPSHOT_SIZE("SnapshotSize", Unit.EACH_BYTES),
  /** Reads of records that fetched nothing from S3. */
  CACHE_HITS("CacheHits", Unit.COUNT),
  /** Reads of records that had to fetch something. */
  CACHE_MISSES("CacheMisses", Unit.COUNT),
  /** A query's first stage: head and tip, the log's tail, a snapshot that is not here yet. */
  OPEN_TIME("OpenTime", Unit.MILLISECONDS),
  /** Its second: conditions, index, scans. */
  SEARCH_TIME("SearchTime", Unit.MILLISECONDS),
  /** Its third: documents and metadata of the records found, and JSON. */
  ANSWER_TIME("AnswerTime", Unit.MILLISECONDS),
  /** Requests answered with 503. */
  UNAVAILABLE("Unavailable", Unit.COUNT);

  /** CloudWatch's unit, and whether an invocation adds its values up or keeps each. */
  enum Unit {
    COUNT("Count", true),
    EACH_COUNT("Count", false),
    BYTES("Bytes", true),
    EACH_BYTES("Bytes", false),
    MILLISECONDS("Milliseconds", false),
    SECONDS("Seconds", false),
    RATIO("None", false);

    private final String published;
    private final boolean summed;

    Unit(String published, boolean summed) {
      this.published = published;
      this.summed = summed;
    }
  }

  private final String published;
  private final Unit unit;

  Metric(String published, Unit unit) {
    this.published = published;
    this.unit = unit;
  }

  /** The name on dashboards and in alarms. */
  public String publishedName() {
    return published;
  }

  /** CloudWatch's name of the unit. */
  public String publishedUnit() {
    return unit.published;
  }

  boolean isSummed() {
    return unit.summed;
  }
}
