package dev.siltstone.local.cost;

/**
 * The calls that each operation makes. They are counted by a test on emulators of the services, so
 * that a change of the code that makes another call fails there.
 */
public final class CallModel {
  /** Entries of the log that one page of a query holds for a reader. */
  private static final int LOG_PAGE = 1_000;

  private CallModel() {}

  /** A write of one delta, from its validation to its acknowledgement. */
  public static Calls acknowledgedWrite() {
    return Calls.of("S3.PutObject", 1)
        .and("DynamoDb.UpdateItem", 1)
        .and("DynamoDb.PutItem", 1)
        .and("Sqs.SendMessage", 1);
  }

  /**
   * A strong read by a function that is warm.
   *
   * @param newDeltas written since its last look
   */
  public static Calls strongRead(int newDeltas) {
    Calls look = Calls.of("DynamoDb.BatchGetItem", 1);
    return newDeltas == 0
        ? look
        : look.and("DynamoDb.Query", Math.ceilDiv(newDeltas, LOG_PAGE))
            .and("S3.GetObject", newDeltas);
  }

  /**
   * The first strong read of a function that has just started, without access tokens.
   *
   * @param files of the snapshot's segments, each up to 8 MiB, and of deleted rows
   * @param tail deltas behind the snapshot
   */
  public static Calls coldRead(int files, int tail) {
    return strongRead(tail).and("DynamoDb.GetItem", 1).and("S3.GetObject", 1 + files);
  }

  /** A run of the compactor that finds nothing to do: lock, look, unlock, record. */
  public static Calls emptyRun() {
    return Calls.of("DynamoDb.GetItem", 1)
        .and("DynamoDb.UpdateItem", 2)
        .and("DynamoDb.BatchGetItem", 1)
        .and("DynamoDb.PutItem", 2)
        .and("S3.GetObject", 2);
  }

  /**
   * What a run does besides, for one publish of new records.
   *
   * @param deltas that are folded
   * @param files of the new segment
   */
  public static Calls publish(int deltas, int files) {
    return Calls.of("DynamoDb.Query", 1)
        .and("DynamoDb.UpdateItem", 1)
        .and("DynamoDb.BatchGetItem", 1)
        .and("DynamoDb.PutItem", 2)
        .and("S3.GetObject", deltas + 2)
        .and("S3.PutObject", files + 2);
  }

  /**
   * What a run does besides, to merge segments that it has in its cache and publish the result; it
   * looks at pointer and log once more before and after.
   *
   * @param files of the merged segment
   */
  public static Calls merge(int files) {
    return Calls.of("DynamoDb.BatchGetItem", 2)
        .and("DynamoDb.PutItem", 3)
        .and("S3.GetObject", 4)
        .and("S3.PutObject", files + 2);
  }

  /** The schedule's look for collections with unfolded writes, when there is none. */
  public static Calls emptySweep() {
    return Calls.of("DynamoDb.Query", 1);
  }

  /**
   * A collection of garbage that finds nothing, of one collection.
   *
   * @param older manifests that the newest lists: snapshots that are retained, or were not long ago
   */
  public static Calls collection(int older) {
    return Calls.of("DynamoDb.GetItem", 2)
        .and("DynamoDb.Query", 2)
        .and("S3.GetObject", 2 + older)
        .and("S3.ListObjectsV2", 5);
  }
}
