package dev.siltstone.notice.aws;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;

/**
 * A standard SQS queue. A message that is no notice is not handed out: it ends in the dead-letter
 * queue.
 */
public final class SqsNoticeQueue implements NoticeQueue {
  private static final int MAX_RECEIVED = 10;

  private final SqsClient client;
  private final String queueUrl;
  private final AwsCalls calls;

  public SqsNoticeQueue(SqsClient client, String queueUrl, AwsCalls calls) {
    this.client = client;
    this.queueUrl = queueUrl;
    this.calls = calls;
  }

  @Override
  public void send(Notice notice, Duration delay) {
    if (delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException("SQS delays by at most " + MAX_DELAY + ", not " + delay);
    }
    calls.repeatable(
        "sending a notice for " + notice.collection(),
        () ->
            client.sendMessage(b ->
                b.queueUrl(queueUrl)
                    .messageBody(NoticeMessage.body(notice))
                    .delaySeconds(wholeSeconds(delay))));
  }

  @Override
  public List<ReceivedNotice> receive(int max, Duration invisible) {
    if (max < 1 || max > MAX_RECEIVED) {
      throw new IllegalArgumentException("SQS hands out 1 to 10 messages, not " + max);
    }
    List<Message> messages =
        calls.read(
            "receiving notices",
            () ->
                client
                    .receiveMessage(b ->
                        b.queueUrl(queueUrl)
                            .maxNumberOfMessages(max)
                            .visibilityTimeout(wholeSeconds(invisible)))
                    .messages());
    return messages.stream().flatMap(SqsNoticeQueue::received).toList();
  }

  private static Stream<ReceivedNotice> received(Message message) {
    Optional<Notice> notice = NoticeMessage.parse(message.body());
    return notice.map(it -> new ReceivedNotice(it, message.receiptHandle())).stream();
  }

  @Override
  public void acknowledge(ReceivedNotice received) {
    calls.repeatable(
        "deleting a notice for " + received.notice().collection(),
        () -> {
          try {
            client.deleteMessage(b -> b.queueUrl(queueUrl).receiptHandle(received.handle()));
          } catch (ReceiptHandleIsInvalidException e) {
            // Received again by another since, or gone: either way not ours to delete any more.
            return false;
          }
          return true;
        });
  }

  /** SQS counts in seconds; rounding up keeps "not before". */
  private static int wholeSeconds(Duration duration) {
    return Math.toIntExact(duration.plusNanos(999_999_999).toSeconds());
  }
}
