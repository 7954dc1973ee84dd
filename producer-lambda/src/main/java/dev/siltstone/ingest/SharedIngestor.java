package dev.siltstone.ingest;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.ingest.QueuedOutcome.Failed;
import dev.siltstone.ingest.QueuedOutcome.Stands;
import dev.siltstone.log.Commit;
import dev.siltstone.log.OnceCommitted;
import dev.siltstone.log.OperationMarks;
import dev.siltstone.log.Receipt;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Takes in writes that may arrive more than once and in any order, as a queue delivers them. Those
 * of one collection share deltas; the ids of all writes in a delta are put down in the same step as
 * its place in the log, each only if it is not there, so that none is applied twice, whoever else
 * has it in hand and wherever somebody crashed. One bad write does not stop the others.
 *
 * <p>May be called by many threads.
 */
public final class SharedIngestor {
  /** Longer than SQS keeps a message, dead letters included: 14 days. */
  static final Duration IDS_STAY = Duration.ofDays(21);

  private final Preparation preparation;
  private final Commit commit;
  private final BiConsumer<CollectionId, Receipt> committed;
  private final Clock clock;
  private final Metrics metrics;

  SharedIngestor(
      Preparation preparation,
      Commit commit,
      BiConsumer<CollectionId, Receipt> committed,
      Clock clock,
      Metrics metrics) {
    this.preparation = preparation;
    this.commit = commit;
    this.committed = committed;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Applies each write once, whatever happened to it before.
   *
   * @param deadline after which no delta is begun; what is left then has failed
   * @return what became of each, in order
   */
  public List<QueuedOutcome> ingest(List<QueuedWrite> writes, Deadline deadline) {
    Round round =
        new Round(new HashMap<>(), new LinkedHashMap<>(), new IdentityHashMap<>(), deadline);
    for (QueuedWrite write : writes) {
      attempt(List.of(write), round, () -> collect(write, round));
    }
    round.open.values().forEach(delta -> write(delta, round));
    return writes.stream()
        .map(write -> Objects.requireNonNull(round.outcomes.get(write), "each has an outcome"))
        .toList();
  }

  /**
   * Writes that came together.
   *
   * @param found collections as the writes call them, each looked up once
   * @param open the delta to which a collection's next write is added
   */
  private record Round(
      Map<CollectionRef, CollectionId> found,
      Map<CollectionId, SharedDelta> open,
      IdentityHashMap<QueuedWrite, QueuedOutcome> outcomes,
      Deadline deadline) {}

  private void collect(QueuedWrite write, Round round) {
    checkTime(round.deadline);
    preparation.limits().checkSize(write.batch());
    CollectionId collection =
        round.found.computeIfAbsent(write.batch().collection(), preparation::find);
    if (write.batch().size() == 0) {
      round.outcomes.put(write, new Stands());
      return;
    }
    SharedDelta delta = round.open.get(collection);
    if (delta != null && !delta.hasRoomFor(write)) {
      round.open.remove(collection);
      write(delta, round);
      delta = null;
    }
    if (delta == null) {
      delta = new SharedDelta(collection, preparation);
      round.open.put(collection, delta);
    }
    delta.add(write);
  }

  private void write(SharedDelta delta, Round round) {
    List<QueuedWrite> writes = delta.writes();
    attempt(
        writes,
        round,
        () -> {
          while (!delta.isEmpty()) {
            checkTime(round.deadline);
            commit(delta);
          }
          writes.forEach(write -> round.outcomes.put(write, new Stands()));
        });
  }

  private static void checkTime(Deadline deadline) {
    if (deadline.hasPassed()) {
      throw new UnavailableException("No time was left for this write", null);
    }
  }

  private void commit(SharedDelta delta) {
    var marks = new OperationMarks(delta.ids(), clock.now(), clock.now().plus(IDS_STAY));
    switch (commit.commitOnce(delta.collection(), delta.shape(), marks, delta::encode)) {
      case OnceCommitted.Committed(Receipt receipt) -> {
        delta.leaveOut(delta.ids());
        committed.accept(delta.collection(), receipt);
      }
      case OnceCommitted.Repeated(var repeated) -> {
        metrics.record(Metric.REPEATED_WRITES, repeated.size());
        delta.leaveOut(repeated);
      }
    }
  }

  /** The failure of some writes is theirs alone. */
  private static void attempt(List<QueuedWrite> writes, Round round, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      writes.forEach(write -> round.outcomes.putIfAbsent(write, new Failed(e)));
    }
  }
}
