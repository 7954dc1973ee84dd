package dev.siltstone.ingest;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import java.time.Duration;
import java.util.List;

/** A queue that can be switched off. */
final class FailingQueue implements NoticeQueue {
  volatile boolean down;
  private final NoticeQueue queue;

  FailingQueue(NoticeQueue queue) {
    this.queue = queue;
  }

  @Override
  public void send(Notice notice, Duration delay) {
    if (down) {
      throw new UnavailableException("the queue does not answer", null);
    }
    queue.send(notice, delay);
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
