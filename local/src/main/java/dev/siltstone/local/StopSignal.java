package dev.siltstone.local;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and Ctrl-C as something to wait for. The virtual machine stays alive until {@link #done},
 * but not past the two seconds a stop may take: what is cut off then is as safe as after a crash.
 */
final class StopSignal {
  private static final long GRACE_MILLIS = 1_900;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private StopSignal() {}

  static StopSignal onShutdown() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::askAndWait, "stop"));
    return signal;
  }

  /** Returns when the process is asked to stop. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed: the process may end. */
  void done() {
    done.countDown();
  }

  private void askAndWait() {
    asked.countDown();
    try {
      if (!done.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        System.err.println("siltstone: still busy after " + GRACE_MILLIS + " ms, stopping anyway");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
