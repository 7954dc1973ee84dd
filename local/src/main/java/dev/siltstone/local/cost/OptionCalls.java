package dev.siltstone.local.cost;

/**
 * The calls that a stack's options make, counted by a test like those of {@link CallModel}. What
 * Lambda and S3 ask of a queue for them is not among these.
 */
public final class OptionCalls {
  private OptionCalls() {}

  /**
   * A delta of queued writes: the ids of all are put in the transaction that places it.
   *
   * @param names collections that are looked up by name; one that the writes give by id is known
   */
  public static Calls queuedDelta(int names) {
    return delta().and("DynamoDb.GetItem", 1 + names).and("DynamoDb.BatchGetItem", names);
  }

  /**
   * A dropped file that one invocation imports: its report is looked for, the log's head is read,
   * each part is a delta with one id for a collection that is looked up, and a report is written.
   *
   * @param parts of a thousand operations, or of 4 MiB
   */
  public static Calls importedFile(int parts) {
    return delta()
        .and("DynamoDb.GetItem", 1)
        .and("DynamoDb.BatchGetItem", 1)
        .times(parts)
        .and("DynamoDb.GetItem", 1)
        .and("S3.GetObject", 2)
        .and("S3.PutObject", 1);
  }

  private static Calls delta() {
    return Calls.of("S3.PutObject", 1)
        .and("DynamoDb.UpdateItem", 1)
        .and("DynamoDb.TransactWriteItems", 1)
        .and("Sqs.SendMessage", 1);
  }

  /**
   * A warm-up after a publish: the compactor looks up whose the collection is, and the query
   * function answers for the snapshot once it has fetched what is new.
   *
   * @param files of the new segments, each up to 8 MiB
   */
  public static Calls warmUp(int files) {
    return Calls.of("DynamoDb.GetItem", 2)
        .and("DynamoDb.BatchGetItem", 1)
        .and("S3.GetObject", 1 + files);
  }
}
