package dev.siltstone.cdk;

import dev.siltstone.cdk.props.ScheduleProps;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.constructs.Construct;

/** What calls the compactor: notices, and two schedules. */
final class StoreTriggers extends Construct {
  /** SQS offers no less. */
  private static final int LEAST_CONCURRENCY = 2;

  private final StoreFunction compactor;

  StoreTriggers(
      Construct scope,
      String id,
      StoreStorage storage,
      StoreFunction compactor,
      ScheduleProps schedules) {
    super(scope, id);
    this.compactor = compactor;
    compactor.grant(
        List.of(
            Permission.of(
                "TakeNotices",
                "Lambda takes notices from the queue with the function's role",
                List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
                storage.notices().getQueueArn())));
    EventSourceMapping.Builder.create(this, "Notices")
        .target(compactor.live())
        .eventSourceArn(storage.notices().getQueueArn())
        .batchSize(10)
        .maxConcurrency(LEAST_CONCURRENCY)
        .reportBatchItemFailures(true)
        .build();
    schedule(
        "Sweep",
        "Finds work that nobody announced",
        Duration.minutes(schedules.sweepMinutes()),
        "sweep");
    schedule(
        "CollectGarbage",
        "Deletes what no kept snapshot names",
        Duration.hours(schedules.collectHours()),
        "gc");
  }

  private void schedule(String id, String description, Duration every, String command) {
    Rule.Builder.create(this, id)
        .description(description)
        .schedule(Schedule.rate(every))
        .targets(
            List.of(
                LambdaFunction.Builder.create(compactor.live())
                    .event(RuleTargetInput.fromObject(Map.of("command", command)))
                    .build()))
        .build();
  }
}
