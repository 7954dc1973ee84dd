package dev.siltstone.fault;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Locks whose calls meet faults. */
public record FaultyLeaseStore(LeaseStore leases, Faults faults) implements LeaseStore {
  @Override
  public AcquireResult acquire(CollectionId collection, String owner, Instant now, Duration lease) {
    return faults.write("acquire", () -> leases.acquire(collection, owner, now, lease));
  }

  @Override
  public boolean heartbeat(CollectionId collection, Epoch epoch, Instant now, Duration lease) {
    return faults.write("heartbeat", () -> leases.heartbeat(collection, epoch, now, lease));
  }

  @Override
  public boolean releaseUnlessWanted(CollectionId collection, Epoch epoch) {
    return faults.write("releaseUnlessWanted", () -> leases.releaseUnlessWanted(collection, epoch));
  }

  @Override
  public void release(CollectionId collection, Epoch epoch) {
    faults.run("release", () -> leases.release(collection, epoch));
  }

  @Override
  public Optional<Lease> read(CollectionId collection) {
    return faults.read("readLease", () -> leases.read(collection));
  }

  @Override
  public void record(CollectionId collection, RunRecord run) {
    faults.run("record", () -> leases.record(collection, run));
  }

  @Override
  public List<RunRecord> lastRuns(CollectionId collection) {
    return faults.read("lastRuns", () -> leases.lastRuns(collection));
  }

  @Override
  public void raiseEpoch(CollectionId collection, Epoch atLeast) {
    faults.run("raiseEpoch", () -> leases.raiseEpoch(collection, atLeast));
  }

  @Override
  public void forget(CollectionId collection) {
    faults.run("forget", () -> leases.forget(collection));
  }
}
