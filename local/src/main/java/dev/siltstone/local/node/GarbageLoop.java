package dev.siltstone.local.node;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects garbage in the background, now and then, so that the disk holds what is needed. */
final class GarbageLoop {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageLoop.class);
  static final Duration STANDARD_PAUSE = Duration.ofMinutes(1);

  private final Runnable sweep;
  private final Duration pause;

  private GarbageLoop(Runnable sweep, Duration pause) {
    this.sweep = sweep;
    this.pause = pause;
  }

  /** Starts a worker that sweeps after each pause. */
  static Worker start(Runnable sweep, Duration pause) {
    return Worker.start("collector", new GarbageLoop(sweep, pause)::rounds);
  }

  private void rounds(Worker worker) {
    while (!worker.stopsWithin(pause)) {
      round();
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
