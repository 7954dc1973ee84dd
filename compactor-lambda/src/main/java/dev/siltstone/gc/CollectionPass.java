package dev.siltstone.gc;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.FencedException;
import dev.siltstone.gc.GcReport.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.lease.CompactionLease;
import dev.siltstone.log.Head;
import dev.siltstone.log.LogReader;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.time.Deadline;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one collection of garbage under one lease, in an order of which no part may be left
 * out.
 *
 * <ol>
 *   <li>The fence: from here on no older run can publish, and the tip names a snapshot that stays.
 *   <li>The orphan horizon: no delta at or below it gets a new place.
 *   <li>Every place handed out by then is settled: filled or void for ever. So a delta at or below
 *       the horizon that no entry names will never be named, and a rollback that nobody has placed
 *       will see the fence.
 *   <li>Only now the log is read, manifests are read, and objects are listed.
 *   <li>What may go is deleted: manifests after the files that they name, entries of the log after
 *       their deltas.
 * </ol>
 *
 * A crash anywhere leaves garbage that the next run finds again by itself.
 */
final class CollectionPass {
  private static final Logger LOG = LoggerFactory.getLogger(CollectionPass.class);
  private static final int BATCH = 64;
  private static final int TRIM = 1_000;

  private final GcSteps steps;
  private final CollectorSettings settings;
  private final CollectionId collection;
  private final CompactionLease lease;
  private final CollectionMode mode;
  private final Deadline deadline;
  private final GcProgress progress;
  private final Map<Cause, Amount> deleted = new EnumMap<>(Cause.class);

  CollectionPass(
      GcSteps steps,
      CollectorSettings settings,
      CollectionId collection,
      CompactionLease lease,
      CollectionMode mode,
      Deadline deadline,
      GcProgress progress) {
    this.steps = steps;
    this.settings = settings;
    this.collection = collection;
    this.lease = lease;
    this.mode = mode;
    this.deadline = deadline;
    this.progress = progress;
  }

  /**
   * Runs them.
   *
   * @throws FencedException if the lock is lost to another run
   */
  GcReport run() {
    Optional<Published> before = steps.snapshots().current(collection);
    if (before.isEmpty()) {
      return GcReport.of(Outcome.NOTHING_TO_DO);
    }
    Set<ObjectKey> gone = NamedFiles.gone(steps, before.get().manifest());
    Optional<Published> fenced = steps.fence().take(before.get(), lease.epoch(), gone);
    if (fenced.isEmpty()) {
      return GcReport.of(Outcome.FENCED);
    }
    Manifest current = fenced.get().manifest();
    Optional<DeltaId> horizon = settle(current);
    if (horizon.isEmpty()) {
      return GcReport.of(Outcome.COLLECTION_GONE);
    }
    Plan plan = plan(current, horizon.get());
    Optional<String> implausible = settings.implausible(plan);
    if (implausible.isPresent() && mode != CollectionMode.COLLECT_ANY_SHARE) {
      LOG.error("collection {}: nothing is deleted: {}", collection, implausible.get());
      return GcReport.of(Outcome.REFUSED, plan, implausible.get());
    }
    return delete(plan);
  }

  /** A run that has overtaken this one may have deleted what this one's manifest names. */
  private Plan plan(Manifest current, DeltaId horizon) {
    try {
      return new Planner(steps, settings, current, lease.epoch(), horizon).plan();
    } catch (CorruptDataException e) {
      if (steps.isCurrent(current)) {
        throw e;
      }
      throw new FencedException(
          "collection %s: generation %s was replaced under the collector"
              .formatted(collection, current.generation()));
    }
  }

  /** Raises the horizon and settles every place handed out by then; empty if all is gone. */
  private Optional<DeltaId> settle(Manifest current) {
    DeltaId wished = Planner.idBefore(steps.clock().now(), settings.orphanAge());
    Optional<Head> head = steps.log().raiseOrphanHorizon(collection, wished);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    lease.keep();
    LogReader.Suffix settled =
        steps.reader().readThrough(collection, current.folded(), head.get().lastReserved());
    if (settled instanceof LogReader.Suffix.TipPassed passed) {
      throw new FencedException(
          "collection %s: the tip moved to generation %s under the collector"
              .formatted(collection, passed.now().tip().generation()));
    }
    @Nullable DeltaId raised = head.get().orphanHorizon();
    return Optional.of(raised == null ? wished : raised);
  }

  private GcReport delete(Plan plan) {
    List<Garbage> garbage = plan.garbage();
    for (int from = 0; from < garbage.size(); from += BATCH) {
      if (deadline.hasPassed()) {
        return report(Outcome.OUT_OF_TIME, plan, 0);
      }
      lease.keep();
      List<Garbage> batch = garbage.subList(from, Math.min(from + BATCH, garbage.size()));
      SideBySide.run(
          steps.workers(), batch.stream().<Supplier<Garbage>>map(one -> () -> gone(one)).toList());
      batch.forEach(one -> deleted.merge(one.cause(), new Amount(1, one.bytes()), Amount::plus));
      progress.deleted(from + batch.size(), garbage.size());
    }
    return trim(plan);
  }

  private Garbage gone(Garbage one) {
    steps.store().delete(one.key());
    return one;
  }

  /** Their deltas are gone, and the tip has passed them: nobody looks for these entries. */
  private GcReport trim(Plan plan) {
    int trimmed = 0;
    int last = TRIM;
    while (last == TRIM) {
      if (deadline.hasPassed()) {
        return report(Outcome.OUT_OF_TIME, plan, trimmed);
      }
      lease.keep();
      last = steps.log().trim(collection, plan.trimTo(), TRIM);
      trimmed += last;
    }
    return report(Outcome.COLLECTED, plan, trimmed);
  }

  private GcReport report(Outcome outcome, Plan plan, int trimmed) {
    return new GcReport(outcome, deleted, trimmed, plan.kept(), null);
  }
}
