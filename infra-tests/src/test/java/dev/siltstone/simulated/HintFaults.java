package dev.siltstone.simulated;

import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Loses notices, delays them and delivers them twice. */
final class HintFaults implements NoticeQueue {
  private static final double EACH = 0.08;
  private static final int LONGEST_DELAY_SECONDS = 120;

  private final NoticeQueue queue;
  private final RandomGenerator random;
  private final FaultCounts counts;

  HintFaults(NoticeQueue queue, RandomGenerator random, FaultCounts counts) {
    this.queue = queue;
    this.random = random;
    this.counts = counts;
  }

  @Override
  public void send(Notice notice, Duration delay) {
    double drawn = random.nextDouble();
    if (drawn < EACH) {
      counts.add("notice lost");
    } else if (drawn < 2 * EACH) {
      counts.add("notice late");
      queue.send(notice, Duration.ofSeconds(random.nextInt(LONGEST_DELAY_SECONDS)));
    } else {
      queue.send(notice, delay);
      if (drawn < 3 * EACH) {
        counts.add("notice repeated");
        queue.send(notice, delay);
      }
    }
  }

  @Override
  public List<ReceivedNotice> receive(int max, Duration invisible) {
    return queue.receive(max, invisible);
  }

  @Override
  public void acknowledge(ReceivedNotice received) {
    queue.acknowledge(received);
  }
}
