package dev.siltstone.local.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects garbage in the background, now and then, so that the disk holds what is needed. */
final class GarbageLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageLoop.class);
  static final Duration STANDARD_PAUSE = Duration.ofMinutes(1);

  private final Runnable sweep;
  private final Duration pause;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  private GarbageLoop(Runnable sweep, Duration pause) {
    this.sweep = sweep;
    this.pause = pause;
    this.thread = Thread.ofPlatform().name("collector").daemon(true).unstarted(this::rounds);
  }

  /** Starts a thread that sweeps after each pause until it is closed. */
  static GarbageLoop start(Runnable sweep, Duration pause) {
    GarbageLoop loop = new GarbageLoop(sweep, pause);
    loop.thread.start();
    return loop;
  }

  /** Starts no further sweep; one under way goes on until it ends by itself. */
  @Override
  public void close() {
    stop.countDown();
  }

  /** Whether the last sweep ended within {@code patience} after {@link #close}. */
  boolean hasEnded(Duration patience) {
    try {
      return thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void rounds() {
    try {
      while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        round();
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop", e);
    }
  }

  private void round() {
    try {
      sweep.run();
    } catch (RuntimeException e) {
      LOG.warn("collecting garbage failed, trying again later", e);
    }
  }
}
