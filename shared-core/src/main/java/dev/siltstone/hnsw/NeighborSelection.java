package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.distance.VectorTable;
import java.util.Arrays;

/**
 * The paper's SELECT-NEIGHBORS-HEURISTIC: a candidate becomes a neighbor unless a chosen one is
 * clearly nearer to it than the row is, so that links spread in all directions. Reusable, belongs
 * to one thread.
 */
final class NeighborSelection {
  /**
   * How many times nearer is clearly nearer. The paper has 1; the few links more that 1.1 keeps let
   * a search reach the same recall with an eighth less ef, for a tenth more of building.
   */
  private static final float CLEARLY = 1.1f;

  private final QueryScorer owner;
  private final QueryScorer query;
  private final float clearly;
  private final float[] toChosen = new float[QueryScorer.GROUP];
  private final int[] chosen;
  private float[] distances;
  private long[] ranked;
  private int size;
  private int ties;

  /** For up to {@code limit} neighbors. */
  NeighborSelection(VectorTable vectors, DistanceKernel kernel, int limit) {
    this.owner = new QueryScorer(kernel, vectors);
    this.query = new QueryScorer(kernel, vectors);
    this.clearly = vectors.space() == Space.IP ? 1 : CLEARLY; // products may be negative
    this.chosen = new int[limit + QueryScorer.GROUP];
    this.distances = new float[limit + 1 + QueryScorer.GROUP];
    this.ranked = new long[distances.length];
  }

  int size() {
    return size;
  }

  /** The chosen rows, nearest first; {@link #size} of them count. */
  int[] chosen() {
    return chosen;
  }

  /**
   * Chooses a row's neighbors.
   *
   * @param members rows, none twice; has {@link QueryScorer#GROUP} places behind {@code count},
   *     which are overwritten
   */
  void choose(int row, int[] members, int count, int limit) {
    if (members.length > ranked.length) {
      distances = new float[members.length];
      ranked = new long[members.length];
    }
    owner.prepareRow(row);
    owner.estimate(members, count, distances);
    for (int i = 0; i < count; i++) {
      ranked[i] = RankedRow.of(members[i], distances[i]);
    }
    Arrays.sort(ranked, 0, count);
    clear();
    for (int i = 0; i < count; i++) {
      offer(ranked[i], limit);
    }
  }

  void clear() {
    size = 0;
    ties = 0;
  }

  /** Offers one candidate more; they come nearest first. Takes at most {@code limit}. */
  void offer(long candidate, int limit) {
    int row = RankedRow.row(candidate);
    if (size == limit) {
      return;
    }
    switch (relation(row, RankedRow.distance(candidate))) {
      case DIVERSE -> take(row);
      case TIED -> {
        if (ties < limit / 2) {
          ties++;
          take(row);
        }
      }
      case COVERED -> {}
    }
  }

  private void take(int row) {
    Arrays.fill(chosen, size, size + QueryScorer.GROUP, row);
    size++;
  }

  /** How a candidate, at {@code distance} from the row, stands to the rows chosen before. */
  private Relation relation(int row, float distance) {
    if (size == 0) {
      return Relation.DIVERSE;
    }
    query.prepareRow(row);
    Relation relation = Relation.DIVERSE;
    for (int from = 0; from < size; from += QueryScorer.GROUP) {
      query.estimateGroup(chosen, from, toChosen);
      for (float other : toChosen) {
        if (other == distance) {
          relation = Relation.TIED;
        } else if (other < distance && other * clearly < distance) { // estimates may be below 0
          return Relation.COVERED;
        }
      }
    }
    return relation;
  }

  private enum Relation {
    /** Nearer to the row than to all chosen, or not clearly nearer to one of them. */
    DIVERSE,
    /**
     * As near to a chosen one as to the row: perhaps all three are equal. Only half of the places
     * go to such, or a crowd of duplicates would link to itself alone and be lost to the rest.
     */
    TIED,
    /** Clearly nearer to a chosen one than to the row: reached through that one. */
    COVERED
  }
}
