package dev.siltstone.fault;

import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import java.time.Duration;
import java.util.List;

/** A queue whose calls meet faults. */
public record FaultyNoticeQueue(NoticeQueue queue, Faults faults) implements NoticeQueue {
  @Override
  public void send(Notice notice, Duration delay) {
    faults.run("send", () -> queue.send(notice, delay));
  }

  @Override
  public List<ReceivedNotice> receive(int max, Duration invisible) {
    return faults.write("receive", () -> queue.receive(max, invisible));
  }

  @Override
  public void acknowledge(ReceivedNotice received) {
    faults.run("acknowledge", () -> queue.acknowledge(received));
  }
}
