package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@On(On.Kind.EMBEDDED)
final class EmbeddedNoticeQueueTest extends NoticeQueueContract {
  @Test
  void mergesNoticesThatNobodyHasReceivedYet() {
    NoticeQueue queue = queue();
    Notice notice = new Notice(Fresh.collectionId());
    for (int i = 0; i < 5; i++) {
      queue.send(notice, Duration.ZERO);
    }

    assertThat(queue.receive(10, Duration.ofMinutes(1))).hasSize(1);
  }

  @Test
  void ignoresAnAcknowledgementThatALaterReceiptHasOvertaken() {
    NoticeQueue queue = queue();
    Notice notice = new Notice(Fresh.collectionId());
    queue.send(notice, Duration.ZERO);
    ReceivedNotice early = queue.receive(1, Duration.ofSeconds(1)).getFirst();
    pass(Duration.ofSeconds(2));
    queue.receive(1, Duration.ofSeconds(1));

    queue.acknowledge(early);

    pass(Duration.ofSeconds(2));
    assertThat(queue.receive(1, Duration.ofSeconds(1))).hasSize(1);
  }
}
