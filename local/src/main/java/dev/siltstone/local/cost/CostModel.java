package dev.siltstone.local.cost;

import static dev.siltstone.local.cost.Assumptions.DAYS;

/** Calls, bytes and dollars of a month. */
public final class CostModel {
  private final Workload work;
  private final PriceList prices;

  public CostModel(Workload work, PriceList prices) {
    this.work = work;
    this.prices = prices;
  }

  /** All calls of a month by service and operation, those of an idle stack included. */
  public Calls calls() {
    return idleCalls().plus(writeCalls()).plus(publishCalls()).plus(readCalls());
  }

  /** Bytes that lie in the bucket. */
  public double storedBytes() {
    return snapshotBytes() * Assumptions.KEPT_TWICE;
  }

  /** Bytes that a function which has just started must fetch before it answers. */
  public double snapshotBytes() {
    return work.vectors() * (double) (work.recordBytes() + Assumptions.INDEX_BYTES);
  }

  public double gigabyteSeconds() {
    double write = work.writesPerDay() * DAYS * Assumptions.WRITE_SECONDS;
    double publish =
        publishes() * Assumptions.PUBLISH_SECONDS + runs() * Assumptions.EMPTY_RUN_SECONDS;
    double merge = publishes() * Assumptions.MERGES_PER_PUBLISH * Assumptions.PUBLISH_SECONDS;
    double query = work.queriesPerDay() * DAYS * Assumptions.QUERY_SECONDS;
    double cold =
        coldStarts() * (Assumptions.COLD_START_SECONDS + snapshotBytes() / Assumptions.BANDWIDTH);
    double sweep = Assumptions.SWEEPS * Assumptions.SWEEP_SECONDS;
    return (write + publish + merge + query + cold + sweep) * Assumptions.GIGABYTES;
  }

  /** The month's bill. */
  public Bill bill() {
    Calls calls = calls();
    Bill bill = new Bill(prices);
    bill.add("invocations", "lambda.request", invocations())
        .add("functions at work", "lambda.gb_second", gigabyteSeconds())
        .add("objects written and listed", "s3.put", puts(calls))
        .add("objects read", "s3.get", calls.count("S3.GetObject"))
        .add("objects stored", "s3.gb_month", storedBytes() / 1e9)
        .add("table written", "dynamodb.write", writeUnits(calls))
        .add("table read", "dynamodb.read", readUnits(calls))
        .add("table stored", "dynamodb.gb_month", tableGigabytes())
        .add("table's point-in-time recovery", "dynamodb.pitr_gb_month", tableGigabytes())
        .add("queue polled while idle", "sqs.request", Assumptions.IDLE_RECEIVES)
        .add("notices", "sqs.request", calls.count("Sqs.SendMessage") + 2 * runs());
    if (work.queriesPerDay() + work.recordsPerDay() > 0) {
      bill.add("HTTP requests", "gateway.request", requests())
          .add("answers to the internet", "transfer.gb", answers() / 1e9);
    }
    return bill.add("schedules", "scheduler.invocation", Assumptions.SWEEPS + DAYS)
        .add("alarms", "cloudwatch.alarm", Assumptions.ALARMS)
        .add("metrics", "cloudwatch.metric", metricMonths())
        .add("logs", "cloudwatch.log_gb", invocations() * Assumptions.LOG_BYTES / 1e9);
  }

  private double requests() {
    return (work.queriesPerDay() + work.writesPerDay()) * DAYS;
  }

  private double answers() {
    return work.queriesPerDay() * DAYS * Assumptions.ANSWER_BYTES;
  }

  private Calls idleCalls() {
    return CallModel.emptySweep()
        .times(Assumptions.SWEEPS)
        .plus(CallModel.collection(Assumptions.SEGMENTS).times(DAYS));
  }

  private Calls writeCalls() {
    return CallModel.acknowledgedWrite().times(work.writesPerDay() * DAYS);
  }

  private Calls publishCalls() {
    Calls publish =
        CallModel.publish(0, Assumptions.FILES)
            .plus(CallModel.merge(Assumptions.FILES).times(Assumptions.MERGES_PER_PUBLISH))
            .times(publishes());
    return publish
        .and("S3.GetObject", work.writesPerDay() * DAYS)
        .plus(CallModel.emptyRun().times(runs()));
  }

  /** Strong queries look; a warm function reads each delta, or the segment that has folded it. */
  private Calls readCalls() {
    double strong = work.queriesPerDay() * work.strongShare() * DAYS;
    double cold = Math.min(coldStarts(), work.queriesPerDay() * DAYS);
    double parts = snapshotBytes() / (8 << 20);
    double seen = Math.min(publishes(), work.queriesPerDay() * DAYS);
    return CallModel.strongRead(0)
        .times(strong)
        .plus(CallModel.coldRead(Assumptions.SEGMENTS * Assumptions.FILES, 0).times(cold))
        .and("S3.GetObject", parts * cold + seen * (Assumptions.FILES + 1));
  }

  /** A publish folds what has arrived since the last; while writes are rare, it follows each. */
  double publishes() {
    double most = work.hoursPerDay() * 3600 / Assumptions.SECONDS_BETWEEN_PUBLISHES;
    return Math.min(work.writesPerDay(), most) * DAYS;
  }

  /** Invocations of the compactor by notices: up to ten notices each. */
  private double runs() {
    return Math.max(publishes(), work.writesPerDay() * DAYS / 10);
  }

  private double coldStarts() {
    return work.queriesPerDay() == 0
        ? 0
        : work.hoursPerDay() * Assumptions.COLD_STARTS_PER_HOUR * DAYS * sandboxes();
  }

  /** Functions that answer side by side. */
  private double sandboxes() {
    double perSecond = work.queriesPerDay() / (work.hoursPerDay() * 3600);
    return Math.max(1, Math.ceil(perSecond * Assumptions.QUERY_SECONDS));
  }

  private double invocations() {
    return requests() + runs() + Assumptions.SWEEPS + DAYS;
  }

  private static double puts(Calls calls) {
    return calls.count("S3.PutObject") + calls.count("S3.ListObjectsV2");
  }

  private static double writeUnits(Calls calls) {
    return calls.count("DynamoDb.PutItem")
        + calls.count("DynamoDb.UpdateItem")
        + 4 * calls.count("DynamoDb.TransactWriteItems");
  }

  /** A batch reads two items; a page of the log is read in units of ten entries. */
  private double readUnits(Calls calls) {
    double entries = work.writesPerDay() * DAYS;
    return calls.count("DynamoDb.GetItem")
        + 2 * calls.count("DynamoDb.BatchGetItem")
        + calls.count("DynamoDb.Query")
        + entries * Assumptions.LOG_ENTRY_BYTES / 4_096;
  }

  /** The log of a day, which the daily collection has not trimmed yet. */
  private double tableGigabytes() {
    return (work.writesPerDay() * (double) Assumptions.LOG_ENTRY_BYTES + 100_000) / 1e9;
  }

  /** Metrics are published only in hours with traffic. */
  private double metricMonths() {
    boolean idle = work.queriesPerDay() + work.recordsPerDay() == 0;
    return idle ? 0 : Assumptions.METRICS * work.hoursPerDay() / 24;
  }
}
