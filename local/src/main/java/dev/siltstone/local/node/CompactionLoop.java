package dev.siltstone.local.node;

import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.ReceivedNotice;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compacts in the background what notices name and, now and then, what a sweep over the backlog
 * finds: work whose notice was lost, or that was left by a killed process.
 *
 * <p>The pause between rounds is what batches writes: a notice waits for at most one pause, and all
 * that was written meanwhile is folded together.
 */
final class CompactionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionLoop.class);

  /** How many notices one call may return, and how long others do not see them. */
  private static final int NOTICES = 10;

  private static final Duration INVISIBLE = Duration.ofMinutes(1);
  private static final int PAGE = 100;

  private final NoticeQueue notices;
  private final DeltaLog log;
  private final Consumer<CollectionId> compaction;
  private final Runnable rest;
  private final Rhythm rhythm;
  private final Clock clock;
  private boolean worked;
  private long sweptAtNanos;

  /**
   * How often to look.
   *
   * @param pause between two looks at the queue
   * @param sweep between two looks at the backlog; the first is at the start
   */
  record Rhythm(Duration pause, Duration sweep) {
    static final Rhythm STANDARD = new Rhythm(Duration.ofMillis(500), Duration.ofSeconds(30));
  }

  private CompactionLoop(
      NoticeQueue notices,
      DeltaLog log,
      Consumer<CollectionId> compaction,
      Runnable rest,
      Rhythm rhythm,
      Clock clock) {
    this.notices = notices;
    this.log = log;
    this.compaction = compaction;
    this.rest = rest;
    this.rhythm = rhythm;
    this.clock = clock;
    this.sweptAtNanos = clock.nanoTime() - rhythm.sweep().toNanos();
  }

  /**
   * Starts a worker that looks for work.
   *
   * @param rest runs once whenever there is nothing left to do after there was
   */
  static Worker start(
      NoticeQueue notices,
      DeltaLog log,
      Consumer<CollectionId> compaction,
      Runnable rest,
      Rhythm rhythm,
      Clock clock) {
    CompactionLoop loop = new CompactionLoop(notices, log, compaction, rest, rhythm, clock);
    return Worker.start("compactor", loop::rounds);
  }

  private void rounds(Worker worker) {
    do {
      try {
        round(worker);
      } catch (SiltstoneException e) {
        LOG.warn("looking for work failed, trying again", e);
      }
    } while (!worker.stopsWithin(rhythm.pause()));
  }

  private void round(Worker worker) {
    List<ReceivedNotice> received = notices.receive(NOTICES, INVISIBLE);
    compact(received, worker);
    if (clock.nanoTime() - sweptAtNanos >= rhythm.sweep().toNanos()) {
      sweptAtNanos = clock.nanoTime();
      sweep(worker);
    }
    if (received.isEmpty() && worked) {
      worked = false;
      rest.run();
    }
  }

  private void compact(List<ReceivedNotice> announced, Worker worker) {
    for (ReceivedNotice received : announced) {
      if (!worker.stopsWithin(Duration.ZERO) && succeeds(received.notice().collection())) {
        notices.acknowledge(received);
      }
    }
  }

  private void sweep(Worker worker) {
    @Nullable CollectionId last = null;
    List<CollectionId> page;
    do {
      page = log.backlogAfter(last, PAGE);
      for (CollectionId collection : page) {
        last = collection;
        if (worker.stopsWithin(Duration.ZERO)) {
          return;
        }
        succeeds(collection);
      }
    } while (page.size() == PAGE);
  }

  /** A failed run leaves its notice, which is seen again after a while. */
  private boolean succeeds(CollectionId collection) {
    worked = true;
    try {
      compaction.accept(collection);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("compacting collection {} failed, trying again later", collection, e);
      return false;
    }
  }
}
