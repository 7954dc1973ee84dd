package dev.siltstone.local.cost;

/**
 * What the model takes for given besides the workload and the counted calls. Times are of functions
 * with 1,769 MB, which have one processor; {@code docs/cost.md} says where they come from.
 */
final class Assumptions {
  static final double DAYS = 30.4;
  static final double HOURS = 730;

  static final double GIGABYTES = 1.769;
  static final double WRITE_SECONDS = 0.05;
  static final double QUERY_SECONDS = 0.02;

  /** A run that publishes once: some twenty round trips and the fold. */
  static final double PUBLISH_SECONDS = 1.5;

  /** A delta of up to ninety queued writes. */
  static final double QUEUED_DELTA_SECONDS = 0.1;

  /** Lambda waits so long for more messages of the ingest queue. */
  static final double QUEUE_WINDOW_SECONDS = 1;

  /** A thousand records of a dropped file: read, encoded, written. */
  static final double PART_SECONDS = 0.5;

  /** One invocation goes on with a file for so long. */
  static final double IMPORT_SECONDS = 29;

  /** Of one value of an embedding in a dropped file. */
  static final double TEXT_BYTES = 11;

  static final double EMPTY_RUN_SECONDS = 0.15;
  static final double SWEEP_SECONDS = 0.05;
  static final double COLD_START_SECONDS = 1.5;

  /** What a function downloads from S3, bytes a second. */
  static final double BANDWIDTH = 75e6;

  /** Schedules: a sweep every five minutes, a collection of garbage every day. */
  static final double SWEEPS = HOURS * 12;

  /** Publishes follow each other no faster than this while writes arrive. */
  static final double SECONDS_BETWEEN_PUBLISHES = 2;

  /** A function that is asked for nothing for a while is started anew: once an hour of traffic. */
  static final double COLD_STARTS_PER_HOUR = 1;

  /** Of a new segment: graph or vectors, ids, rows, filters, text. */
  static final int FILES = 5;

  /** Segments of a collection in the long run, by the merge planner's tiers. */
  static final int SEGMENTS = 4;

  /** A record is written again by this many merges in the long run. */
  static final double MERGES_PER_PUBLISH = 0.5;

  /** Links, ids, filters and text of a record beside its vector and its document. */
  static final int INDEX_BYTES = 300;

  /** Old segments wait a while for readers and for retention before they go. */
  static final double KEPT_TWICE = 1.5;

  static final int LOG_ENTRY_BYTES = 400;

  /** The id of a queued write, with what DynamoDB adds to an item. */
  static final int ID_BYTES = 200;

  static final int DAYS_OF_IDS = 21;

  static final int ANSWER_BYTES = 4_000;
  static final int LOG_BYTES = 600;

  /**
   * Lambda reads a queue for a function by five requests at a time, each of which waits up to 20 s
   * for a message.
   */
  static final double IDLE_RECEIVES = 5 * 3 * 60 * HOURS;

  /** Alarms and metrics of a stack without options. */
  static final int ALARMS = 5;

  static final int METRICS = 10;

  private Assumptions() {}
}
