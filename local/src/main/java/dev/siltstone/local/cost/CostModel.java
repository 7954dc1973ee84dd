package dev.siltstone.local.cost;

import static dev.siltstone.local.cost.Assumptions.DAYS;

/** Calls, bytes and dollars of a month. */
public final class CostModel {
  private final Workload work;
  private final StackOptions options;
  private final OptionUse use;
  private final PriceList prices;

  public CostModel(Workload work, StackOptions options, PriceList prices) {
    this.work = work;
    this.options = options;
    this.use = new OptionUse(work, options);
    this.prices = prices;
  }

  /** All calls of a month by service and operation, those of an idle stack included. */
  public Calls calls() {
    return idleCalls()
        .plus(writeCalls())
        .plus(use.calls())
        .plus(publishCalls())
        .plus(readCalls())
        .plus(OptionCalls.warmUp(0).times(warmUps()))
        .and("Lambda.Invoke", warmUps());
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
    double write = work.writesPerDay() * DAYS * Assumptions.WRITE_SECONDS + use.seconds();
    double publish =
        publishes() * Assumptions.PUBLISH_SECONDS + runs() * Assumptions.EMPTY_RUN_SECONDS;
    double merge = publishes() * Assumptions.MERGES_PER_PUBLISH * Assumptions.PUBLISH_SECONDS;
    double query = work.queriesPerDay() * DAYS * Assumptions.QUERY_SECONDS;
    double cold =
        coldStarts() * (Assumptions.COLD_START_SECONDS + snapshotBytes() / Assumptions.BANDWIDTH);
    double sweep = Assumptions.SWEEPS * Assumptions.SWEEP_SECONDS;
    return (write + publish + merge + query + cold + sweep + warmUpSeconds())
        * Assumptions.GIGABYTES;
  }

  /** Of the instances that fetch what was published, as soon as it is. */
  private double warmUpSeconds() {
    double fetched =
        (work.recordsPerDay() + options.recordsPerDay())
            * DAYS
            * (work.recordBytes() + Assumptions.INDEX_BYTES);
    return options.warmUp()
        ? warmUps() * Assumptions.QUERY_SECONDS + fetched / Assumptions.BANDWIDTH
        : 0;
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
        .add(
            "queues polled while idle",
            "sqs.request",
            Assumptions.IDLE_RECEIVES * (1 + options.queues()))
        .add("notices", "sqs.request", deltas() + 2 * runs());
    if (options.queues() > 0) {
      bill.add("messages of writes and files", "sqs.request", use.queueRequests());
    }
    if (work.queriesPerDay() + work.recordsPerDay() > 0) {
      bill.add("HTTP requests", "gateway.request", requests())
          .add("answers to the internet", "transfer.gb", answers() / 1e9);
    }
    return bill.add("schedules", "scheduler.invocation", Assumptions.SWEEPS + DAYS)
        .add("alarms", "cloudwatch.alarm", Assumptions.ALARMS + options.alarms())
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
    return publish.and("S3.GetObject", deltas()).plus(CallModel.emptyRun().times(runs()));
  }

  /** Strong queries look; a warm function reads each delta, or the segment that has folded it. */
  private Calls readCalls() {
    double strong = work.queriesPerDay() * work.strongShare() * DAYS;
    double cold = coldStarts();
    double parts = snapshotBytes() / (8 << 20);
    double seen = Math.min(publishes(), asked());
    return CallModel.strongRead(0)
        .times(strong)
        .plus(CallModel.coldRead(Assumptions.SEGMENTS * Assumptions.FILES, 0).times(cold))
        .and("S3.GetObject", parts * cold + seen * (Assumptions.FILES + 1));
  }

  /** A publish folds what has arrived since the last; while writes are rare, it follows each. */
  double publishes() {
    double most = work.hoursPerDay() * 3600 / Assumptions.SECONDS_BETWEEN_PUBLISHES;
    return Math.min(deltas(), most * DAYS);
  }

  /** Invocations of the compactor by notices: up to ten notices each. */
  private double runs() {
    return Math.max(publishes(), deltas() / 10);
  }

  /** All that is put into the log. */
  private double deltas() {
    return work.writesPerDay() * DAYS + use.deltas();
  }

  private double warmUps() {
    return options.warmUp() ? publishes() : 0;
  }

  /** How often the query function is asked for something that needs a snapshot. */
  private double asked() {
    return work.queriesPerDay() * DAYS + warmUps();
  }

  private double coldStarts() {
    return Math.min(
        work.hoursPerDay() * Assumptions.COLD_STARTS_PER_HOUR * DAYS * sandboxes(), asked());
  }

  /** Functions that answer side by side. */
  private double sandboxes() {
    double perSecond = work.queriesPerDay() / (work.hoursPerDay() * 3600);
    return Math.max(1, Math.ceil(perSecond * Assumptions.QUERY_SECONDS));
  }

  private double invocations() {
    return requests() + use.invocations() + runs() + warmUps() + Assumptions.SWEEPS + DAYS;
  }

  private static double puts(Calls calls) {
    return calls.count("S3.PutObject") + calls.count("S3.ListObjectsV2");
  }

  /** In a transaction, where each part costs twice, a delta is placed together with its ids. */
  private double writeUnits(Calls calls) {
    return calls.count("DynamoDb.PutItem")
        + calls.count("DynamoDb.UpdateItem")
        + 2 * (calls.count("DynamoDb.TransactWriteItems") + use.ids());
  }

  /** A batch reads two items; a page of the log is read in units of ten entries. */
  private double readUnits(Calls calls) {
    return calls.count("DynamoDb.GetItem")
        + 2 * calls.count("DynamoDb.BatchGetItem")
        + calls.count("DynamoDb.Query")
        + deltas() * Assumptions.LOG_ENTRY_BYTES / 4_096;
  }

  /** The log of a day, which the daily collection has not trimmed yet; ids, for weeks. */
  private double tableGigabytes() {
    double log = deltas() / DAYS * Assumptions.LOG_ENTRY_BYTES;
    double ids = use.ids() / DAYS * Assumptions.DAYS_OF_IDS * Assumptions.ID_BYTES;
    return (log + ids + 100_000) / 1e9;
  }

  /** Metrics are published only in hours with traffic. */
  private double metricMonths() {
    boolean idle = work.queriesPerDay() + work.recordsPerDay() + options.recordsPerDay() == 0;
    return idle ? 0 : Assumptions.METRICS * work.hoursPerDay() / 24;
  }
}
