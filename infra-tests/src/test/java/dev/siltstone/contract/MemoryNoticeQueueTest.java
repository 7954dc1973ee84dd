package dev.siltstone.contract;

import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.simulated.MemoryNoticeQueue;
import dev.siltstone.simulation.Wire;
import java.time.Duration;

/** The queue of the simulation keeps the same contract as the real ones. */
final class MemoryNoticeQueueTest extends NoticeQueueContract {
  private final HandClock clock = new HandClock();

  @Override
  protected NoticeQueue newQueue() {
    return new MemoryNoticeQueue(Wire.PERFECT, clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.sleep(time);
  }
}
