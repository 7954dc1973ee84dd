package dev.siltstone.lease;

import dev.siltstone.failure.FencedException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.time.Clock;
import java.time.Duration;

/**
 * A lock that is held. Whoever works under it calls {@link #keep} between steps, which prolongs it
 * when a third of its time has gone. A lost lease is told by {@link FencedException}: the run
 * stops, although going on would do no harm, since its epoch keeps it from publishing over a newer
 * run.
 */
public final class CompactionLease implements AutoCloseable {
  private final LeaseStore store;
  private final Clock clock;
  private final CollectionId collection;
  private final Epoch epoch;
  private final Duration length;
  private long keptAtNanos;
  private boolean held = true;

  public CompactionLease(
      LeaseStore store, Clock clock, CollectionId collection, Epoch epoch, Duration length) {
    this.store = store;
    this.clock = clock;
    this.collection = collection;
    this.epoch = epoch;
    this.length = length;
    this.keptAtNanos = clock.nanoTime();
  }

  public Epoch epoch() {
    return epoch;
  }

  /**
   * Prolongs the lease if it is time to.
   *
   * @throws FencedException if another run holds the lock now
   */
  public void keep() {
    if (clock.nanoTime() - keptAtNanos < length.toNanos() / 3) {
      return;
    }
    keptAtNanos = clock.nanoTime();
    if (!store.heartbeat(collection, epoch, clock.now(), length)) {
      held = false;
      throw new FencedException(
          "the lock of collection %s is no longer held with epoch %s".formatted(collection, epoch));
    }
  }

  /** Releases the lock and answers true, unless somebody wants it: then it stays held. */
  public boolean releaseUnlessWanted() {
    if (store.releaseUnlessWanted(collection, epoch)) {
      held = false;
    }
    return !held;
  }

  /** Releases the lock if it is still held. */
  @Override
  public void close() {
    if (held) {
      held = false;
      store.release(collection, epoch);
    }
  }
}
