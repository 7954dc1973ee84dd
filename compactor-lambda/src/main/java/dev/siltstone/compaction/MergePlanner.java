package dev.siltstone.compaction;

import dev.siltstone.identity.SegmentId;
import dev.siltstone.segment.GraphPolicy;
import dev.siltstone.snapshot.SegmentEntry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which segments to merge next; a pure function of their sizes, of the time left and of what
 * copying and linking cost. Size-tiered: a segment is absorbed together with all smaller ones as
 * soon as those hold half of its live rows, so that a row is rewritten O(log N) times.
 *
 * <p>Linking a row into a graph costs tens of times as much as copying it. So segments are scanned
 * until together they hold {@link GraphPolicy#LINKED_FROM_ROWS}; a merge begins with the largest
 * graph among its inputs and inserts the rest; at most {@link #MAX_GRAPHS} segments carry graphs. A
 * segment of which half the rows are dead is rewritten, its graph built afresh. A merge that would
 * not fit in the time left is not planned.
 */
public final class MergePlanner {
  static final int MAX_GRAPHS = 3;

  private static final int TIER_RATIO = 2;
  private static final int MAX_SEGMENTS = 8;

  private final MergeCosts costs;

  public MergePlanner(MergeCosts costs) {
    this.costs = costs;
  }

  /** A segment as the planner sees it. */
  record Candidate(SegmentId id, int rows, int liveRows, boolean graph) {
    static Candidate of(SegmentEntry entry) {
      return new Candidate(
          entry.segment().id(), entry.segment().rows(), entry.liveRows(), entry.segment().graph());
    }

    private boolean isHalfDead() {
      return liveRows * 2L < rows;
    }
  }

  /** What to merge into one, or empty if nothing is worth it or fits. */
  Optional<MergePlan> plan(List<Candidate> segments, Duration left) {
    List<Candidate> bySize =
        segments.stream()
            .sorted(Comparator.comparingInt(Candidate::liveRows).thenComparing(Candidate::id))
            .toList();
    int due = due(bySize);
    int least = due == 1 ? 1 : 2;
    for (int count = due; count >= least; count--) {
      MergePlan plan = merging(bySize.subList(0, count), graphs(bySize));
      if (fits(plan, left)) {
        return Optional.of(plan);
      }
    }
    return bySize.stream()
        .filter(Candidate::isHalfDead)
        .map(segment -> merging(List.of(segment), graphs(bySize)))
        .filter(plan -> fits(plan, left))
        .findFirst();
  }

  /** How many of the smallest segments are due; 0 if none. */
  private static int due(List<Candidate> bySize) {
    int due = Math.max(byTier(bySize), byLinks(bySize));
    if (bySize.size() > MAX_SEGMENTS) {
      due = Math.max(due, bySize.size() - MAX_SEGMENTS + 1);
    }
    while (due > 0 && due < bySize.size() && graphsAfter(bySize, due) > MAX_GRAPHS) {
      due++;
    }
    return due;
  }

  /** Up to the last segment of which all smaller ones hold enough. */
  private static int byTier(List<Candidate> bySize) {
    int due = 0;
    long smaller = 0;
    for (int i = 0; i < bySize.size(); i++) {
      if (i > 0 && smaller * TIER_RATIO >= bySize.get(i).liveRows()) {
        due = i + 1;
      }
      smaller += bySize.get(i).liveRows();
    }
    return due;
  }

  /** Up to the largest segment that is scanned, if too many rows are. */
  private static int byLinks(List<Candidate> bySize) {
    int due = 0;
    long scanned = 0;
    for (int i = 0; i < bySize.size(); i++) {
      if (!bySize.get(i).graph()) {
        scanned += bySize.get(i).liveRows();
        due = i + 1;
      }
    }
    return GraphPolicy.links(scanned) ? due : 0;
  }

  private static int graphsAfter(List<Candidate> bySize, int merged) {
    int others = graphs(bySize.subList(merged, bySize.size()));
    return GraphPolicy.links(live(bySize.subList(0, merged))) ? others + 1 : others;
  }

  /** A merge links what a graph among its inputs had linked, else only if one more may be. */
  private static MergePlan merging(List<Candidate> chosen, int allGraphs) {
    long live = live(chosen);
    boolean graph = GraphPolicy.links(live) && (graphs(chosen) > 0 || allGraphs < MAX_GRAPHS);
    Optional<Candidate> reused =
        chosen.stream()
            .filter(segment -> graph && segment.graph() && !segment.isHalfDead())
            .max(Comparator.comparingInt(Candidate::liveRows).thenComparing(Candidate::id));
    long linked = graph ? live - reused.map(Candidate::liveRows).orElse(0) : 0;
    return new MergePlan(
        chosen.stream().map(Candidate::id).toList(),
        graph,
        reused.map(Candidate::id).orElse(null),
        live,
        linked);
  }

  private static int graphs(List<Candidate> segments) {
    return (int) segments.stream().filter(Candidate::graph).count();
  }

  private static long live(List<Candidate> segments) {
    return segments.stream().mapToLong(Candidate::liveRows).sum();
  }

  private boolean fits(MergePlan plan, Duration left) {
    return costs.of(plan).compareTo(left) <= 0;
  }
}
