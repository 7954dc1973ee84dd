package dev.siltstone.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.contract.Fresh;
import dev.siltstone.emulators.FaultyHttpClient.Fault;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A notice may be sent twice or come from elsewhere; neither does harm. */
final class SqsFaultTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final AwsFamily family = AwsFamily.create(AwsServices.emulated());
  private final NoticeQueue queue = family.queue();

  @Test
  void sendsAgainWhenTheAnswerWasLost() {
    Notice notice = new Notice(Fresh.collectionId());
    family.faults().plan("SendMessage", new Fault.LostAnswer());

    queue.send(notice, Duration.ZERO);

    assertThat(queue.receive(10, LONG))
        .extracting(ReceivedNotice::notice)
        .containsExactly(notice, notice);
  }

  @Test
  void handsOutNothingThatIsNoNotice() {
    family.sqs().sendMessage(b -> b.queueUrl(family.queueUrl()).messageBody("hello"));

    assertThat(queue.receive(10, LONG)).isEmpty();
  }

  @Test
  void acknowledgesWhatSomebodyElseHasDeleted() {
    queue.send(new Notice(Fresh.collectionId()), Duration.ZERO);
    ReceivedNotice received = queue.receive(1, LONG).getFirst();
    queue.acknowledge(received);

    queue.acknowledge(received);

    assertThat(queue.receive(10, LONG)).isEmpty();
  }
}
