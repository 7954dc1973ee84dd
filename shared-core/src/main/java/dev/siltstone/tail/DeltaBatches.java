package dev.siltstone.tail;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.QuarantineResult;
import dev.siltstone.log.Tip;
import dev.siltstone.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Fetches and decodes the deltas of log entries, some side by side. A poison delta is quarantined
 * in the log before anybody goes past it, so that all readers and the compactor agree on it.
 */
public final class DeltaBatches {
  private final ObjectStore store;
  private final DeltaLog log;
  private final Executor fetchers;

  public DeltaBatches(ObjectStore store, DeltaLog log, Executor fetchers) {
    this.store = store;
    this.log = log;
    this.fetchers = fetchers;
  }

  /**
   * The operations of every entry, or null if the tip has passed one that cannot be read: look at
   * head and tip again.
   *
   * @param entries in sequence order, without gaps and rollbacks
   * @throws CorruptDataException if an acknowledged delta that the tip has not passed is missing or
   *     has other bytes
   */
  public @Nullable DeltaBatch fetch(CollectionId collection, List<LogEntry> entries) {
    List<CompletableFuture<Fetched>> fetches = new ArrayList<>();
    for (LogEntry entry : entries) {
      fetches.add(CompletableFuture.supplyAsync(() -> fetch(collection, entry), fetchers));
    }
    List<LogPlace> places = new ArrayList<>();
    int deltas = 0;
    int quarantined = 0;
    for (CompletableFuture<Fetched> fetch : fetches) {
      Fetched fetched = Outcome.of(fetch);
      switch (fetched.delta()) {
        case null -> places.add(new LogPlace(fetched.entry().sequence(), List.of()));
        case DeltaOnStore.Readable readable -> {
          places.add(new LogPlace(fetched.entry().sequence(), readable.delta().operations()));
          deltas++;
        }
        case DeltaOnStore.Poison poison -> {
          if (!setAside(collection, fetched.committed(), poison)) {
            return null;
          }
          places.add(new LogPlace(fetched.entry().sequence(), List.of()));
          quarantined++;
        }
        case DeltaOnStore.Missing _ -> {
          requirePassed(collection, fetched.committed());
          return null;
        }
      }
    }
    return new DeltaBatch(places, deltas, quarantined);
  }

  private Fetched fetch(CollectionId collection, LogEntry entry) {
    return switch (entry) {
      case LogEntry.Committed committed ->
          new Fetched(entry, DeltaOnStore.read(store, collection, committed));
      case LogEntry.Voided _ -> new Fetched(entry, null);
      case LogEntry.Quarantined _ -> new Fetched(entry, null);
      case LogEntry.Rollback rollback ->
          throw new IllegalArgumentException(
              "a rollback carries no delta: place %s of collection %s"
                  .formatted(rollback.sequence(), collection));
    };
  }

  private boolean setAside(
      CollectionId collection, LogEntry.Committed entry, DeltaOnStore.Poison poison) {
    return switch (log.quarantine(collection, entry, poison.reason())) {
      case QuarantineResult.Verdict _ -> true;
      case QuarantineResult.TipHasPassed _ -> false;
    };
  }

  /** A delta may be gone only when a snapshot has folded it. */
  private void requirePassed(CollectionId collection, LogEntry.Committed entry) {
    Tip tip = log.read(collection).map(now -> now.tip()).orElse(Tip.NONE);
    if (tip.folded().compareTo(entry.sequence()) < 0) {
      throw new CorruptDataException(
          "missing object %s of acknowledged place %s, which no snapshot folds"
              .formatted(entry.key(), entry.sequence()));
    }
  }

  /** An entry and what stands behind it; null for entries without a delta. */
  private record Fetched(LogEntry entry, @Nullable DeltaOnStore delta) {
    LogEntry.Committed committed() {
      return (LogEntry.Committed) entry;
    }
  }
}
