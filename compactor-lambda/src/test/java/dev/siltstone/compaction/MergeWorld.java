package dev.siltstone.compaction;

import dev.siltstone.compaction.MergePlanner.Candidate;
import dev.siltstone.compaction.MergePlanner.Load;
import dev.siltstone.identity.SegmentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Segments as numbers, on which plans are carried out by arithmetic; counts what that moves. */
final class MergeWorld {
  private final MergePlanner planner;
  private final List<Candidate> segments = new ArrayList<>();
  private long made;
  private long published;
  private long copied;
  private long linked;

  MergeWorld(MergePlanner planner) {
    this.planner = planner;
  }

  /** A fold's new segment. */
  void publish(int rows) {
    segments.add(new Candidate(newId(), rows, rows, false));
    published += rows;
  }

  /** A segment as an earlier merge may have left it. */
  void has(int rows, int liveRows, boolean graph) {
    segments.add(new Candidate(newId(), rows, liveRows, graph));
    published += liveRows;
  }

  /** Deletes rows of one segment. */
  void delete(int segment, int rows) {
    Candidate old = segments.get(segment);
    int live = Math.max(0, old.liveRows() - rows);
    segments.remove(segment);
    if (live > 0) {
      segments.add(new Candidate(old.id(), old.rows(), live, old.graph()));
    }
  }

  Optional<MergePlan> plan(Load load, Duration left) {
    return planner.plan(List.copyOf(segments), load, left);
  }

  void carryOut(MergePlan plan) {
    long live =
        segments.stream()
            .filter(segment -> plan.segments().contains(segment.id()))
            .mapToLong(Candidate::liveRows)
            .sum();
    segments.removeIf(segment -> plan.segments().contains(segment.id()));
    segments.add(new Candidate(newId(), (int) live, (int) live, plan.graph()));
    copied += plan.copiedRows();
    linked += plan.linkedRows();
  }

  /** Merges until the planner has nothing more to do; says how often. */
  int settle(Load load, Duration left) {
    int merges = 0;
    for (Optional<MergePlan> plan = plan(load, left); plan.isPresent(); plan = plan(load, left)) {
      carryOut(plan.get());
      merges++;
    }
    return merges;
  }

  List<Candidate> segments() {
    return List.copyOf(segments);
  }

  long graphs() {
    return segments.stream().filter(Candidate::graph).count();
  }

  long scannedRows() {
    return segments.stream().filter(s -> !s.graph()).mapToLong(Candidate::liveRows).sum();
  }

  long liveRows() {
    return segments.stream().mapToLong(Candidate::liveRows).sum();
  }

  /** Of all segments that are smaller than this one. */
  long liveRows(Candidate than) {
    return segments.stream()
        .mapToLong(Candidate::liveRows)
        .filter(rows -> rows < than.liveRows())
        .sum();
  }

  long copiedRows() {
    return copied;
  }

  /** How often a published row is written, its publish included. */
  double writesPerRow() {
    return (double) (published + copied) / published;
  }

  double linksPerRow() {
    return (double) linked / published;
  }

  private SegmentId newId() {
    return new SegmentId(new UUID(1, made++));
  }
}
