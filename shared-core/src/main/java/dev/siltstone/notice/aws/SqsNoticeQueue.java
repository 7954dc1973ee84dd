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
