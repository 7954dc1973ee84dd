package dev.siltstone.simulated;

import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import dev.siltstone.simulation.Wire;
import dev.siltstone.simulation.Wire.Call;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A queue in memory. Each effect is atomic, also between threads. */
public final class MemoryNoticeQueue implements NoticeQueue {
  private static final int MAX_RECEIVED = 10;

  private final Wire wire;
  private final Clock clock;
  private final int maxReceiveCount;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private final List<Notice> deadLetters = new ArrayList<>();
  private long sent;

  private record Waiting(Notice notice, long visibleAtNanos, int receipts) {}

  /** A queue that delivers for ever. */
  public MemoryNoticeQueue(Wire wire, Clock clock) {
    this(wire, clock, Integer.MAX_VALUE);
  }

  /**
   * A queue that gives up, as SQS does.
   *
   * @param maxReceiveCount a notice that was received so often without being acknowledged is put
   *     among the dead letters instead of being received again
   */
  public MemoryNoticeQueue(Wire wire, Clock clock, int maxReceiveCount) {
    this.wire = wire;
    this.clock = clock;
    this.maxReceiveCount = maxReceiveCount;
  }

  @Override
  public void send(Notice notice, Duration delay) {
    if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException("delay " + delay + " is not within 15 minutes");
    }
    wire.call(new Call("send", delay.toString(), true), () -> enqueued(notice, delay));
  }

  private synchronized long enqueued(Notice notice, Duration delay) {
    waiting.put(++sent, new Waiting(notice, clock.nanoTime() + delay.toNanos(), 0));
    return sent;
  }

  @Override
  public List<ReceivedNotice> receive(int max, Duration invisible) {
    if (max < 1 || max > MAX_RECEIVED) {
      throw new IllegalArgumentException("cannot receive " + max + " notices at once");
    }
    return wire.call(new Call("receive", "", false), () -> taken(max, invisible));
  }

  private synchronized List<ReceivedNotice> taken(int max, Duration invisible) {
    long now = clock.nanoTime();
    buryTheDead(now);
    List<ReceivedNotice> received = new ArrayList<>();
    for (Map.Entry<Long, Waiting> entry : waiting.entrySet()) {
      Waiting found = entry.getValue();
      if (found.visibleAtNanos() <= now && received.size() < max) {
        int receipts = found.receipts() + 1;
        entry.setValue(new Waiting(found.notice(), now + invisible.toNanos(), receipts));
        received.add(new ReceivedNotice(found.notice(), entry.getKey() + ":" + receipts));
      }
    }
    return received;
  }

  private void buryTheDead(long now) {
    waiting
        .values()
        .removeIf(found ->
            found.visibleAtNanos() <= now
                && found.receipts() >= maxReceiveCount
                && deadLetters.add(found.notice()));
  }

  /** What was received too often. */
  public synchronized List<Notice> deadLetters() {
    return List.copyOf(deadLetters);
  }

  @Override
  public void acknowledge(ReceivedNotice received) {
    wire.call(new Call("acknowledge", received.handle(), true), () -> removed(received));
  }

  private synchronized boolean removed(ReceivedNotice received) {
    String[] handle = received.handle().split(":", -1);
    long number = Long.parseLong(handle[0]);
    Waiting found = waiting.get(number);
    boolean current = found != null && found.receipts() == Integer.parseInt(handle[1]);
    return current && waiting.remove(number) != null;
  }

  /** Notices not acknowledged yet, seen or not. */
  public synchronized int size() {
    return waiting.size();
  }
}
