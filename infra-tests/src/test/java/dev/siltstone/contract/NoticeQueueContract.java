package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link NoticeQueue} does. A queue may merge notices of one collection that nobody has
 * received yet, so tests that count send to different collections.
 */
abstract class NoticeQueueContract extends FamilyContract {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(10);

  private @Nullable NoticeQueue queue;

  /** A client of a new, empty queue. */
  protected NoticeQueue newQueue() {
    return families().fresh().queue();
  }

  /** Lets this much time pass for the queue; real time may pass as well. */
  protected void pass(Duration time) {
    families().pass(time);
  }

  /** This test's own queue, opened when it is first asked for. */
  final synchronized NoticeQueue queue() {
    if (queue == null) {
      queue = newQueue();
    }
    return queue;
  }

  @Test
  void deliversWhatWasSent() {
    Notice notice = freshNotice();
    queue().send(notice, Duration.ZERO);

    assertThat(notices(queue().receive(10, LONG))).containsExactly(notice);
  }

  @Test
  void hasNothingToDeliverAtFirst() {
    assertThat(queue().receive(10, LONG)).isEmpty();
  }

  @Test
  void hidesADelayedNoticeUntilItsTime() {
    Notice notice = freshNotice();
    queue().send(notice, SECOND.multipliedBy(2));

    assertThat(queue().receive(10, LONG)).isEmpty();
    pass(SECOND.multipliedBy(3));

    assertThat(notices(queue().receive(10, LONG))).containsExactly(notice);
  }

  @Test
  void deliversAPromptNoticeThatFollowsADelayedOneOfTheSameCollection() {
    Notice notice = freshNotice();
    queue().send(notice, LONG);
    queue().send(notice, Duration.ZERO);

    assertThat(notices(queue().receive(10, LONG))).containsExactly(notice);
  }

  @Test
  void hidesAReceivedNoticeFromOthers() {
    queue().send(freshNotice(), Duration.ZERO);
    queue().receive(10, LONG);

    assertThat(queue().receive(10, LONG)).isEmpty();
  }

  @Test
  void deliversAgainWhatIsNotAcknowledged() {
    Notice notice = freshNotice();
    queue().send(notice, Duration.ZERO);
    queue().receive(10, SECOND);

    pass(SECOND.multipliedBy(2));

    assertThat(notices(queue().receive(10, LONG))).containsExactly(notice);
  }

  @Test
  void deliversANoticeThatIsSentWhileAnEarlierOneIsBeingWorkedOn() {
    Notice notice = freshNotice();
    queue().send(notice, Duration.ZERO);
    ReceivedNotice first = queue().receive(10, LONG).getFirst();

    queue().send(notice, Duration.ZERO);
    queue().acknowledge(first);

    assertThat(notices(queue().receive(10, LONG))).containsExactly(notice);
  }

  @Test
  void forgetsWhatIsAcknowledged() {
    queue().send(freshNotice(), Duration.ZERO);
    ReceivedNotice received = queue().receive(10, SECOND).getFirst();

    queue().acknowledge(received);
    queue().acknowledge(received);

    pass(SECOND.multipliedBy(2));
    assertThat(queue().receive(10, LONG)).isEmpty();
  }

  @Test
  void deliversNoMoreThanAsked() {
    Set<Notice> sent = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      Notice notice = freshNotice();
      sent.add(notice);
      queue().send(notice, Duration.ZERO);
    }
    List<Notice> received = new ArrayList<>();

    for (int call = 0; call < 20 && received.size() < 12; call++) {
      List<ReceivedNotice> some = queue().receive(5, LONG);
      assertThat(some).hasSizeLessThanOrEqualTo(5);
      received.addAll(notices(some));
    }

    assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void givesEachNoticeToOneOfManyReceivers() {
    Set<CollectionId> sent = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Notice notice = freshNotice();
      sent.add(notice.collection());
      queue().send(notice, Duration.ZERO);
    }

    List<List<Notice>> received =
        Race.of(
            Race.PARTIES,
            _ ->
                Stream.of(1, 2, 3)
                    .flatMap(_ -> notices(queue().receive(10, LONG)).stream())
                    .toList());

    assertThat(received.stream().flatMap(List::stream).map(Notice::collection))
        .containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void refusesWhatNoQueueCanDo() {
    Notice notice = freshNotice();

    assertThatThrownBy(() -> queue().send(notice, Duration.ofMinutes(16)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue().receive(0, LONG)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue().receive(11, LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Notice freshNotice() {
    return new Notice(Fresh.collectionId());
  }

  private static List<Notice> notices(List<ReceivedNotice> received) {
    return received.stream().map(ReceivedNotice::notice).toList();
  }
}
