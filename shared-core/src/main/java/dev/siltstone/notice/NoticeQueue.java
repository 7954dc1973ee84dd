package dev.siltstone.notice;

import java.time.Duration;
import java.util.List;

/** At-least-once, unordered queue of notices. */
public interface NoticeQueue {
  /** The longest delay of a notice. */
  Duration MAX_DELAY = Duration.ofMinutes(15);

  /**
   * The nearest delay that a notice can have. By the sender's clock a lease may expire later than
   * that, or earlier than now: whoever gets the notice too early meets the lock once more.
   */
  static Duration possible(Duration delay) {
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
  }

  /**
   * Sends a notice that becomes visible after {@code delay} (at most {@link #MAX_DELAY}).
   *
   * @throws dev.siltstone.failure.UnavailableException or {@link
   *     dev.siltstone.failure.OutcomeUnknownException}; either way the caller's write stands, since
   *     notices are only hints
   */
  void send(Notice notice, Duration delay);

  /** Up to {@code max} (1 to 10) visible notices, each hidden from others for {@code invisible}. */
  List<ReceivedNotice> receive(int max, Duration invisible);

  /** Deletes a received notice; no error if it is gone. */
  void acknowledge(ReceivedNotice received);
}
