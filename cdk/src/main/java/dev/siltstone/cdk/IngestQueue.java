package dev.siltstone.cdk;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * A queue whose messages the producer takes, with its dead-letter queue. A message that fails comes
 * again for about half an hour, which outlasts a short backlog, and then becomes a dead letter.
 */
public final class IngestQueue extends Construct {
  /** SQS offers no less. */
  private static final int LEAST_CONCURRENCY = 2;

  private static final int MAX_RECEIVES = 10;

  /** AWS advises to hide messages for six times as long as the function may take. */
  private static final int HIDDEN_SECONDS = 6 * StoreFunctions.HTTP_SECONDS;

  private final Queue queue;
  private final Queue deadLetters;

  IngestQueue(Construct scope, String id) {
    super(scope, id);
    deadLetters =
        Queue.Builder.create(this, "Dead")
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
    queue =
        Queue.Builder.create(this, "Queue")
            .enforceSsl(true)
            .visibilityTimeout(Duration.seconds(HIDDEN_SECONDS))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
            .build();
  }

  /**
   * Has a function take the messages.
   *
   * @param sid of the statement that lets it
   * @param batch messages in one invocation, at most
   */
  void feed(StoreFunction function, String sid, String reason, int batch) {
    function.grant(
        List.of(
            Permission.of(
                sid,
                reason,
                List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
                queue.getQueueArn())));
    EventSourceMapping.Builder.create(this, "Messages")
        .target(function.live())
        .eventSourceArn(queue.getQueueArn())
        .batchSize(batch)
        .maxBatchingWindow(batch > 10 ? Duration.seconds(1) : null)
        .maxConcurrency(LEAST_CONCURRENCY)
        .reportBatchItemFailures(true)
        .build();
  }

  public Queue queue() {
    return queue;
  }

  public Queue deadLetters() {
    return deadLetters;
  }
}
