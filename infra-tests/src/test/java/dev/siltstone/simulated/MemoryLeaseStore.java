package dev.siltstone.simulated;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.RunRecord;
import dev.siltstone.simulation.Wire;
import dev.siltstone.simulation.Wire.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Locks in memory. Each effect is atomic, also between threads. */
public final class MemoryLeaseStore implements LeaseStore {
  private final Wire wire;
  private final TreeMap<CollectionId, Lock> locks = new TreeMap<>();

  private final TreeMap<CollectionId, TreeMap<Epoch, RunRecord>> runs = new TreeMap<>();

  private record Lock(Epoch epoch, @Nullable Lease holder) {}

  public MemoryLeaseStore(Wire wire) {
    this.wire = wire;
  }

  @Override
  public AcquireResult acquire(CollectionId collection, String owner, Instant now, Duration lease) {
    return call("acquire", collection, () -> taken(collection, owner, now, lease));
  }

  private AcquireResult taken(CollectionId collection, String owner, Instant now, Duration length) {
    Lock lock = locks.getOrDefault(collection, new Lock(Epoch.ZERO, null));
    Lease holder = lock.holder();
    if (holder != null && holder.expiresAt().isAfter(now)) {
      put(collection, with(holder, true));
      return new AcquireResult.Held(with(holder, true), !holder.wanted());
    }
    Epoch epoch = new Epoch(lock.epoch().value() + 1);
    put(collection, new Lease(owner, epoch, now.plus(length), now, false));
    return new AcquireResult.Acquired(epoch);
  }

  @Override
  public boolean heartbeat(CollectionId collection, Epoch epoch, Instant now, Duration length) {
    return call(
        "heartbeat",
        collection,
        () -> {
          Lease held = held(collection, epoch);
          if (held == null) {
            return false;
          }
          put(collection, new Lease(held.owner(), epoch, now.plus(length), now, held.wanted()));
          return true;
        });
  }

  @Override
  public boolean releaseUnlessWanted(CollectionId collection, Epoch epoch) {
    return call(
        "releaseUnlessWanted",
        collection,
        () -> {
          Lease held = held(collection, epoch);
          if (held != null && held.wanted()) {
            put(collection, with(held, false));
            return false;
          }
          return freed(held, collection);
        });
  }

  @Override
  public void release(CollectionId collection, Epoch epoch) {
    call("release", collection, () -> freed(held(collection, epoch), collection));
  }

  private boolean freed(@Nullable Lease held, CollectionId collection) {
    if (held != null) {
      locks.put(collection, new Lock(held.epoch(), null));
    }
    return true;
  }

  @Override
  public Optional<Lease> read(CollectionId collection) {
    return wire.call(
        new Call("readLock", collection.toString(), false),
        () -> {
          synchronized (this) {
            return Optional.ofNullable(locks.get(collection)).map(Lock::holder);
          }
        });
  }

  @Override
  public void record(CollectionId collection, RunRecord run) {
    call(
        "recordRun",
        collection,
        () -> {
          TreeMap<Epoch, RunRecord> kept =
              runs.computeIfAbsent(collection, _ -> new TreeMap<>(Comparator.reverseOrder()));
          kept.put(run.epoch(), run);
          if (kept.size() > RunRecord.KEPT) {
            kept.pollLastEntry();
          }
          return true;
        });
  }

  @Override
  public List<RunRecord> lastRuns(CollectionId collection) {
    return wire.call(
        new Call("lastRuns", collection.toString(), false),
        () -> {
          synchronized (this) {
            return List.copyOf(runs.getOrDefault(collection, new TreeMap<>()).values());
          }
        });
  }

  @Override
  public void raiseEpoch(CollectionId collection, Epoch atLeast) {
    call(
        "raiseEpoch",
        collection,
        () -> {
          Lock lock = locks.getOrDefault(collection, new Lock(Epoch.ZERO, null));
          if (lock.epoch().compareTo(atLeast) < 0) {
            locks.put(collection, new Lock(atLeast, null));
          }
          return true;
        });
  }

  @Override
  public void forget(CollectionId collection) {
    call(
        "forget",
        collection,
        () -> {
          runs.remove(collection);
          return Optional.ofNullable(locks.remove(collection));
        });
  }

  private @Nullable Lease held(CollectionId collection, Epoch epoch) {
    Lock lock = locks.get(collection);
    Lease holder = lock == null ? null : lock.holder();
    return holder != null && holder.epoch().equals(epoch) ? holder : null;
  }

  private void put(CollectionId collection, Lease lease) {
    locks.put(collection, new Lock(lease.epoch(), lease));
  }

  private static Lease with(Lease lease, boolean wanted) {
    return new Lease(lease.owner(), lease.epoch(), lease.expiresAt(), lease.heartbeatAt(), wanted);
  }

  private <T> T call(String name, CollectionId collection, Supplier<T> effect) {
    return wire.call(
        new Call(name, collection.toString(), true),
        () -> {
          synchronized (this) {
            return effect.get();
          }
        });
  }
}
