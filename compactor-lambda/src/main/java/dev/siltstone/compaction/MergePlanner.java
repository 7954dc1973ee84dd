package dev.siltstone.compaction;

import dev.siltstone.identity.SegmentId;
import dev.siltstone.segment.GraphPolicy;
import dev.siltstone.snapshot.SegmentEntry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which segments to merge next; a pure function of their sizes, of whether writes wait, of the time
 * left and of what copying and linking cost. Size-tiered ({@link DueMerges}): a segment is absorbed
 * together with all smaller ones as soon as those hold half of its live rows, so that a row is
 * rewritten O(log N) times while a lot is written. Each graph and each scanned row costs every
 * query; so once no write waits any more, a graph is absorbed as soon as the smaller ones hold a
 * sixteenth of its live rows, and what was written at once ends up in one graph.
 *
 * <p>Linking a row into a graph costs tens of times as much as copying it. So segments are scanned
 * until together they hold {@link GraphPolicy#LINKED_FROM_ROWS}; a merge begins with the largest
 * graph among its inputs and inserts the rest; at most {@link DueMerges#MAX_GRAPHS} segments carry
 * graphs. A segment of which half the rows are dead is rewritten, its graph built afresh. A merge
 * that would not fit in the time left is not planned. Merging until no plan is left comes to an
 * end: each leaves fewer segments, fewer dead rows or fewer scanned ones.
 */
public final class MergePlanner {
  private final MergeCosts costs;

  public MergePlanner(MergeCosts costs) {
    this.costs = costs;
  }

  /** Whether a merge would keep writes from being folded. */
  enum Load {
    WRITES_WAIT,
    /** All of the log is folded. */
    AT_REST
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
  Optional<MergePlan> plan(List<Candidate> segments, Load load, Duration left) {
    List<Candidate> bySize =
        segments.stream()
            .sorted(Comparator.comparingInt(Candidate::liveRows).thenComparing(Candidate::id))
            .toList();
    Stream<List<Candidate>> due =
        new DueMerges(bySize).counts(load).stream().map(count -> bySize.subList(0, count));
    Stream<List<Candidate>> halfDead = bySize.stream().filter(Candidate::isHalfDead).map(List::of);
    return Stream.concat(due, halfDead)
        .map(chosen -> merging(chosen, DueMerges.graphs(bySize)))
        .filter(plan -> fits(plan, left))
        .findFirst();
  }

  /** A merge links what a graph among its inputs had linked, else only if one more may be. */
  private static MergePlan merging(List<Candidate> chosen, int allGraphs) {
    long live = DueMerges.live(chosen);
    boolean mayLink = DueMerges.graphs(chosen) > 0 || allGraphs < DueMerges.MAX_GRAPHS;
    boolean graph = GraphPolicy.links(live) && mayLink;
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

  private boolean fits(MergePlan plan, Duration left) {
    return costs.of(plan).compareTo(left) <= 0;
  }
}
