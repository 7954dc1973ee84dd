package dev.siltstone.compaction;

import dev.siltstone.cache.SnapshotRecords;
import dev.siltstone.collection.Collection;
import dev.siltstone.compaction.MergePlanner.Load;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.FencedException;
import dev.siltstone.failure.NotFoundException;
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
import dev.siltstone.snapshot.Pin;
import dev.siltstone.snapshot.PublishResult;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.tail.DeltaBatch;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run under one lease. {@link #next} reads the published snapshot, moves the tip
 * up to it, and either folds the next piece of the log or puts a merged segment in its sources'
 * place; each ends in one compare-and-swap. Segments are merged beside that, so publishing never
 * waits for a merge. What it leaves when it is cut off anywhere is in {@code docs/failure.md}.
 */
final class CompactionRun implements AutoCloseable {
  /** Unfolded places of the log beyond which no merge is started. */
  private static final long MERGES_WAIT_FROM = 200;

  /** A second between two publishes during a merge, and a way out for a run that is stopped. */
  private static final int LOOKS = 5;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

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
  private @Nullable RunningMerge merge;
  private long backlog;

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

  /** Gives up the merge under way and lets go of the files that folding has opened. */
  @Override
  public void close() {
    try {
      if (merge != null) {
        merge.close();
      }
    } finally {
      records.close();
    }
  }

  /** Publishes once, if there is anything to publish. */
  Step next() {
    awaitMerge();
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
    backlog = last.value() - folded.value();
    tally.sawBacklog(backlog);
    try {
      return onto(published.orElse(null), last, folded, now.get());
    } catch (NotFoundException | CorruptDataException e) {
      if (published.isEmpty() || isCurrent(published.get())) {
        throw e;
      }
      return Step.LOOK_AGAIN;
    }
  }

  private Step onto(@Nullable Published parent, Sequence last, Sequence folded, HeadAndTip now) {
    if (parent != null) {
      if (merge != null && merge.isDone()) {
        return publishMerge(merge, parent);
      }
      startMerge(parent.manifest());
    }
    if (backlog > 0) {
      return foldUpTo(last, folded, parent, now);
    }
    return merge == null ? Step.NOTHING_LEFT : Step.LOOK_AGAIN;
  }

  /**
   * Whether nobody has published since. Who has overtaken this run may have retired what its parent
   * names, and a collector deleted it: then there is no damage, and the next look tells.
   */
  private boolean isCurrent(Published parent) {
    return steps
        .snapshots()
        .current(id())
        .filter(now -> now.pointer().equals(parent.pointer()))
        .isPresent();
  }

  /**
   * While a merge is under way, what is written meanwhile is published now and then, not delta by
   * delta.
   */
  private void awaitMerge() {
    if (merge == null || backlog > MERGES_WAIT_FROM) {
      return;
    }
    for (int look = 0; look < LOOKS && !deadline.hasPassed(); look++) {
      if (merge.isDoneWithin(BETWEEN_LOOKS)) {
        return;
      }
    }
  }

  /**
   * Publishes the current content again with a snapshot pinned; empty if somebody else published
   * meanwhile.
   *
   * @throws NotFoundException if the snapshot is not retained, or there is none at all
   */
  Optional<PinnedTarget> pin(SnapshotName name, int places) {
    Published parent =
        steps
            .snapshots()
            .current(id())
            .orElseThrow(() ->
                new NotFoundException(
                    "Collection [%s] has no snapshot to roll back to".formatted(id())));
    RetainedSnapshot target = name.in(parent.manifest());
    moveTip(parent.manifest(), parent.tip());
    HeadAndTip now =
        steps
            .log()
            .read(id())
            .orElseThrow(
                () -> new NotFoundException("Collection [%s] does not exist.".formatted(id())));
    Sequence through = new Sequence(now.head().lastReserved().value() + places);
    Pin pin = new Pin(target.generation(), through);
    SnapshotBuilder builder = builder(parent);
    Manifest manifest = builder.pinned(pin, parent);
    return publish(builder, manifest, parent) == Step.PUBLISHED
        ? Optional.of(new PinnedTarget(target, manifest, through))
        : Optional.empty();
  }

  private Step foldUpTo(
      Sequence last, Sequence folded, @Nullable Published parent, HeadAndTip now) {
    Sequence upTo =
        new Sequence(Math.min(last.value(), folded.value() + settings.maxDeltasPerPublish()));
    return switch (steps.reader().readThrough(id(), folded, upTo)) {
      case LogReader.Suffix.TipPassed _ -> Step.LOOK_AGAIN;
      case LogReader.Suffix.Entries(List<LogEntry> entries)
          when entries.getFirst() instanceof LogEntry.Rollback rollback -> {
        tally.sawWaiting(entries, steps.clock().now());
        yield rollBack(rollback, parent);
      }
      case LogReader.Suffix.Entries found -> {
        tally.sawWaiting(found.entries(), steps.clock().now());
        List<LogEntry> entries = affordable(found.entries());
        DeltaBatch batch = steps.batches().fetch(id(), entries);
        if (batch == null) {
          yield Step.LOOK_AGAIN;
        }
        lease.keep();
        yield publishFold(entries, batch, parent, now);
      }
    };
  }

  private Step publishFold(
      List<LogEntry> entries, DeltaBatch batch, @Nullable Published parent, HeadAndTip now) {
    Manifest before = parent == null ? null : parent.manifest();
    records.moveTo(before == null ? List.of() : before.segments());
    FoldedBatch folded = FoldedBatch.of(batch.places(), records);
    lease.keep();
    SnapshotBuilder builder = builder(parent);
    NextVersion next = builder.folded(folded, before, records, now.head());
    tally.folds(batch, entries);
    Step step = publish(builder, next, parent);
    if (step == Step.PUBLISHED) {
      tally.folded(batch, entries);
      tally.sawFolded(next.folded());
      steps.log().hintFolded(id(), next.folded());
    }
    return step;
  }

  /**
   * Makes the target's content current again. It is retained, since it was pinned before the
   * rollback was placed; everything before the rollback is in the parent, which is retained now.
   */
  private Step rollBack(LogEntry.Rollback rollback, @Nullable Published parent) {
    if (parent == null) {
      throw new CorruptDataException(
          "place %s of collection %s rolls back to generation %s, and no generation is published"
              .formatted(rollback.sequence(), id(), rollback.target()));
    }
    Manifest target =
        rollback.manifest().equals(parent.manifest().key())
            ? parent.manifest()
            : steps.snapshots().readManifest(rollback.manifest());
    SnapshotBuilder builder = builder(parent);
    Step step = publish(builder, builder.rolledBack(rollback, target, parent), parent);
    if (step == Step.PUBLISHED) {
      tally.sawFolded(rollback.sequence());
      steps.log().hintFolded(id(), rollback.sequence());
    }
    return step;
  }

  /** Starts the next merge beside this run, unless the log is far ahead: then folding is first. */
  private void startMerge(Manifest parent) {
    if (merge != null || backlog > MERGES_WAIT_FROM) {
      return;
    }
    List<MergePlanner.Candidate> segments =
        parent.segments().stream().map(MergePlanner.Candidate::of).toList();
    Load load = backlog == 0 ? Load.AT_REST : Load.WRITES_WAIT;
    steps
        .planner()
        .plan(segments, load, deadline.left())
        .map(plan -> new SegmentMerge(steps, collection, lease.epoch(), plan, parent))
        .ifPresent(next -> merge = RunningMerge.start(next, steps.merges().executor()));
  }

  private Step publishMerge(RunningMerge done, Published parent) {
    merge = null;
    MergedSegment merged = done.merged();
    records.moveTo(parent.manifest().segments());
    SnapshotBuilder builder = builder(parent);
    Optional<NextVersion> next = builder.merged(merged, parent.manifest(), records);
    Step step = next.isPresent() ? publish(builder, next.get(), parent) : Step.LOOK_AGAIN;
    if (step == Step.PUBLISHED) {
      tally.merged(merged.sources().size());
    }
    return step;
  }

  private Step publish(SnapshotBuilder builder, NextVersion next, @Nullable Published parent) {
    return publish(builder, builder.manifest(next, parent), parent);
  }

  private Step publish(SnapshotBuilder builder, Manifest manifest, @Nullable Published parent) {
    lease.keep();
    return switch (steps.snapshots().publish(manifest, parent)) {
      case PublishResult.Won won -> {
        tally.published(manifest);
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

  /** As many first entries as the byte budget affords, at least one, and no rollback. */
  private List<LogEntry> affordable(List<LogEntry> entries) {
    long bytes = 0;
    List<LogEntry> prefix = new ArrayList<>();
    for (LogEntry entry : entries) {
      bytes += entry instanceof LogEntry.Committed committed ? committed.bytes() : 0;
      boolean full = !prefix.isEmpty() && bytes > settings.maxDeltaBytesPerPublish();
      if (full || entry instanceof LogEntry.Rollback) {
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
