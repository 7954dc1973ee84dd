package dev.siltstone.simulated;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Locks whose holder takes its epoch for higher than any that a file's key carries. */
record HighEpochs(LeaseStore leases) implements LeaseStore {
  private static final long HIGHER = 1_000_000;

  /** The epoch that the lock really has. */
  static Epoch real(Epoch high) {
    return new Epoch(high.value() - HIGHER);
  }

  @Override
  public AcquireResult acquire(CollectionId collection, String owner, Instant now, Duration lease) {
    AcquireResult result = leases.acquire(collection, owner, now, lease);
    return result instanceof AcquireResult.Acquired acquired
        ? new AcquireResult.Acquired(new Epoch(acquired.epoch().value() + HIGHER))
        : result;
  }

  @Override
  public boolean heartbeat(CollectionId collection, Epoch epoch, Instant now, Duration lease) {
    return leases.heartbeat(collection, real(epoch), now, lease);
  }

  @Override
  public boolean releaseUnlessWanted(CollectionId collection, Epoch epoch) {
    return leases.releaseUnlessWanted(collection, real(epoch));
  }

  @Override
  public void release(CollectionId collection, Epoch epoch) {
    leases.release(collection, real(epoch));
  }

  @Override
  public Optional<Lease> read(CollectionId collection) {
    return leases.read(collection);
  }

  @Override
  public void record(CollectionId collection, RunRecord run) {
    leases.record(collection, run);
  }

  @Override
  public List<RunRecord> lastRuns(CollectionId collection) {
    return leases.lastRuns(collection);
  }

  @Override
  public void raiseEpoch(CollectionId collection, Epoch atLeast) {
    leases.raiseEpoch(collection, real(atLeast));
  }

  @Override
  public void forget(CollectionId collection) {
    leases.forget(collection);
  }
}
