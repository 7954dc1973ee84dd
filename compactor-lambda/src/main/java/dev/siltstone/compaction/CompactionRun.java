package dev.siltstone.compaction;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.cache.SnapshotRecords;
import dev.siltstone.collection.Collection;
import dev.siltstone.failure.FencedException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.CompactionLease;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.Tip;
import dev.siltstone.log.TipResult;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.PublishResult;
import dev.siltstone.snapshot.Published;
import dev.siltstone.tail.DeltaBatch;
import dev.siltstone.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run under one lease. {@link #next} reads the published snapshot, moves the tip
 * up to it, and either folds the next piece of the log or, when the log is folded, merges segments;
 * each ends in one compare-and-swap. What it leaves when it is cut off anywhere is in {@code
 * docs/failure.md}.
 */
final class CompactionRun implements AutoCloseable {
  /** How a step ended. */
  enum Step {
    PUBLISHED,
    /** Somebody else published meanwhile: read everything again. */
    LOOK_AGAIN,
    NOTHING_LEFT,
    COLLECTION_GONE
  }

  private final CompactionSteps steps;
  private final CompactionSettings settings;
  private final Collection collection;
  private final CompactionLease lease;
  private final Deadline deadline;
  private final CompactionTally tally;
  private final SnapshotRecords records;

  CompactionRun(
      CompactionSteps steps,
      CompactionSettings settings,
      Collection collection,
      CompactionLease lease,
      Deadline deadline,
      CompactionTally tally) {
    this.steps = steps;
    this.settings = settings;
    this.collection = collection;
    this.lease = lease;
    this.deadline = deadline;
    this.tally = tally;
    this.records = steps.cache().records(collection.id());
  }

  /** Lets go of the files that folding has opened. */
  @Override
  public void close() {
    records.close();
  }

  /** Publishes once, if there is anything to publish. */
  Step next() {
    lease.keep();
    Optional<Published> published = steps.snapshots().current(id());
    if (published.isPresent() && !moveTip(published.get().manifest(), published.get().tip())) {
      return Step.COLLECTION_GONE;
    }
    Optional<HeadAndTip> now = steps.log().read(id());
    if (now.isEmpty()) {
      return Step.COLLECTION_GONE;
    }
    Sequence folded = published.map(p -> p.manifest().folded()).orElse(Sequence.ZERO);
    tally.sawFolded(folded);
    Sequence last = now.get().head().lastReserved();
    return folded.compareTo(last) < 0
        ? foldUpTo(last, folded, published.orElse(null), now.get())
        : merge(published.orElse(null));
  }

  private Step foldUpTo(
      Sequence last, Sequence folded, @Nullable Published parent, HeadAndTip now) {
    Sequence upTo =
        new Sequence(Math.min(last.value(), folded.value() + settings.maxDeltasPerPublish()));
    return switch (steps.reader().readThrough(id(), folded, upTo)) {
      case LogReader.Suffix.TipPassed _ -> Step.LOOK_AGAIN;
      case LogReader.Suffix.Entries found -> {
        DeltaBatch batch = steps.batches().fetch(id(), affordable(found.entries()));
        if (batch == null) {
          yield Step.LOOK_AGAIN;
        }
        lease.keep();
        yield publishFold(batch, parent, now);
      }
    };
  }

  private Step publishFold(DeltaBatch batch, @Nullable Published parent, HeadAndTip now) {
    Manifest before = parent == null ? null : parent.manifest();
    records.moveTo(before == null ? List.of() : before.segments());
    FoldedBatch folded = FoldedBatch.of(batch.places(), records);
    lease.keep();
    SnapshotBuilder builder = builder(parent);
    NextVersion next = builder.folded(folded, before, records, now.head());
    Step step = publish(builder, next, parent);
    if (step == Step.PUBLISHED) {
      tally.folded(batch);
      tally.sawFolded(next.folded());
      steps.log().hintFolded(id(), next.folded());
    }
    return step;
  }

  private Step merge(@Nullable Published parent) {
    if (parent == null) {
      return Step.NOTHING_LEFT;
    }
    Manifest manifest = parent.manifest();
    var plan = steps.planner().plan(SnapshotBuilder.candidates(manifest), deadline.left());
    if (plan.isEmpty()) {
      return Step.NOTHING_LEFT;
    }
    SnapshotBuilder builder = builder(parent);
    NextVersion next;
    try (OpenSnapshot sources = steps.cache().openPart(manifest, Set.copyOf(plan.get()))) {
      next = builder.merged(sources, manifest);
    }
    Step step = publish(builder, next, parent);
    if (step == Step.PUBLISHED) {
      tally.merged(plan.get().size());
    }
    return step;
  }

  private Step publish(SnapshotBuilder builder, NextVersion next, @Nullable Published parent) {
    lease.keep();
    Manifest manifest = builder.manifest(next, parent);
    return switch (steps.snapshots().publish(manifest, parent)) {
      case PublishResult.Won won -> {
        tally.published();
        tally.wrote(builder.bytesWritten());
        yield moveTip(manifest, won.published().tip()) ? Step.PUBLISHED : Step.COLLECTION_GONE;
      }
      case PublishResult.Lost _ -> Step.LOOK_AGAIN;
      case PublishResult.Fenced fenced ->
          throw new FencedException(
              "collection %s: pointer has epoch %s, this run %s"
                  .formatted(id(), fenced.epoch(), lease.epoch()));
      case PublishResult.StillUnknown unknown ->
          throw new OutcomeUnknownException(
              "collection %s: pointer swap to generation %s has no known outcome; nothing is cleaned"
                  .formatted(id(), unknown.generation()));
    };
  }

  /** As many first entries as the byte budget affords, at least one. */
  private List<LogEntry> affordable(List<LogEntry> entries) {
    long bytes = 0;
    List<LogEntry> prefix = new ArrayList<>();
    for (LogEntry entry : entries) {
      bytes += entry instanceof LogEntry.Committed committed ? committed.bytes() : 0;
      if (!prefix.isEmpty() && bytes > settings.maxDeltaBytesPerPublish()) {
        break;
      }
      prefix.add(entry);
    }
    return prefix;
  }

  /** Moves the tip up to a published snapshot; false if the collection is gone. */
  private boolean moveTip(Manifest manifest, Tip tip) {
    if (manifest.epoch().compareTo(lease.epoch()) > 0) {
      throw new FencedException(
          "collection %s: pointer has epoch %s, this run %s"
              .formatted(id(), manifest.epoch(), lease.epoch()));
    }
    return switch (steps.log().moveTip(id(), tip)) {
      case TipResult.Moved _ -> true;
      case TipResult.AlreadyThere _ -> true;
      case TipResult.CollectionGone _ -> false;
    };
  }

  private SnapshotBuilder builder(@Nullable Published parent) {
    Generation generation =
        parent == null ? Generation.ZERO.next() : parent.manifest().generation().next();
    return new SnapshotBuilder(steps, settings, collection, lease, generation);
  }

  private CollectionId id() {
    return collection.id();
  }
}
