package dev.siltstone.compaction;

import dev.siltstone.compaction.MergePlanner.Candidate;
import dev.siltstone.compaction.MergePlanner.Load;
import dev.siltstone.segment.GraphPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many of the smallest segments are due to become one.
 *
 * @param bySize all segments, by live rows, smallest first
 */
record DueMerges(List<Candidate> bySize) {
  static final int MAX_GRAPHS = 3;

  private static final int TIER_RATIO = 2;

  /**
   * Where each write is followed by rest, a row is copied some sixteen times more for each graph
   * that absorbs it, which costs about as much processor time as linking it (measured: 25 µs a
   * copy, 400 µs a link, 384 dimensions). A smaller rest costs a query too little to be worth a
   * rewrite.
   */
  private static final int REST_RATIO = 16;

  private static final int MAX_SEGMENTS = 8;

  DueMerges {
    bySize = List.copyOf(bySize);
  }

  /** Each number worth merging, the largest first: for when that does not fit in the time left. */
  List<Integer> counts(Load load) {
    int due = underLoad();
    IntStream atRest = load == Load.AT_REST ? atRest() : IntStream.empty();
    return IntStream.concat(IntStream.rangeClosed(due == 1 ? 1 : 2, due), atRest)
        .boxed()
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** 0 if none is due. */
  private int underLoad() {
    int due = Math.max(byTier(), byLinks());
    if (bySize.size() > MAX_SEGMENTS) {
      due = Math.max(due, bySize.size() - MAX_SEGMENTS + 1);
    }
    while (due > 0 && due < bySize.size() && graphsAfter(due) > MAX_GRAPHS) {
      due++;
    }
    return due;
  }

  /** Up to each graph of which all smaller segments hold enough: no rewrite for less. */
  private IntStream atRest() {
    return IntStream.range(1, bySize.size())
        .filter(i -> bySize.get(i).graph() && smallerHold(i, REST_RATIO))
        .map(i -> i + 1);
  }

  /** Up to the last segment of which all smaller ones hold enough. */
  private int byTier() {
    return IntStream.range(1, bySize.size())
        .filter(i -> smallerHold(i, TIER_RATIO))
        .map(i -> i + 1)
        .max()
        .orElse(0);
  }

  private boolean smallerHold(int index, int ratio) {
    return live(bySize.subList(0, index)) * ratio >= bySize.get(index).liveRows();
  }

  /** Up to the largest segment that is scanned, if too many rows are. */
  private int byLinks() {
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

  private int graphsAfter(int merged) {
    int others = graphs(bySize.subList(merged, bySize.size()));
    return GraphPolicy.links(live(bySize.subList(0, merged))) ? others + 1 : others;
  }

  static int graphs(List<Candidate> segments) {
    return (int) segments.stream().filter(Candidate::graph).count();
  }

  static long live(List<Candidate> segments) {
    return segments.stream().mapToLong(Candidate::liveRows).sum();
  }
}
