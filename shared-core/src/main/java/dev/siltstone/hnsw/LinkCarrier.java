package dev.siltstone.hnsw;

import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.QueryScorer;

/**
 * Carries rows of a {@link Graft}'s base with their links into a {@link GrowingGraph}. Where a
 * neighbor is gone, the best of what it had led to takes its place. Reads the base only, so rows
 * may be carried in any order. One per thread.
 */
final class LinkCarrier {
  private final Graft graft;
  private final Links from;
  private final Links to;
  private final NeighborSelection selection;
  private final int[] list;
  private final int[] lostList;
  private final RowSet met;
  private final int[] members;
  private int size;

  LinkCarrier(Graft graft, GrowingGraph graph, DistanceKernel kernel) {
    this.graft = graft;
    this.from = graft.base().links();
    this.to = graph.links();
    int most = to.capacity(0);
    this.selection = new NeighborSelection(graph.vectors(), kernel, most);
    this.list = new int[most];
    this.lostList = new int[most];
    this.met = new RowSet(graph.vectors().rows());
    this.members = new int[most * (most + 1) + QueryScorer.GROUP];
  }

  /**
   * Writes all lists of a row.
   *
   * @return whether it is linked well enough: it kept or regained half of its links on level 0
   */
  boolean carry(int row) {
    for (int level = from.level(row); level > 0; level--) {
      carry(row, level);
    }
    return carry(row, 0);
  }

  private boolean carry(int row, int level) {
    int newRow = graft.newRow(row);
    int length = from.read(row, level, list);
    gather(length);
    if (size < length) {
      gatherBehindLost(newRow, level, length);
      selection.choose(newRow, members, size, to.capacity(level));
      to.write(newRow, level, selection.chosen(), selection.size());
      return 2 * selection.size() >= length;
    }
    to.write(newRow, level, members, size);
    return true;
  }

  /** Makes the neighbors that are still there the members. */
  private void gather(int length) {
    size = 0;
    for (int i = 0; i < length; i++) {
      int neighbor = graft.newRow(list[i]);
      if (neighbor != Graft.GONE) {
        members[size++] = neighbor;
      }
    }
  }

  /** Adds the neighbors of lost neighbors to the members. */
  private void gatherBehindLost(int newRow, int level, int length) {
    met.add(newRow);
    for (int i = 0; i < size; i++) {
      met.add(members[i]);
    }
    for (int i = 0; i < length; i++) {
      if (graft.newRow(list[i]) == Graft.GONE) {
        gatherNewNeighborsOf(list[i], level);
      }
    }
    met.remove(newRow);
    for (int i = 0; i < size; i++) {
      met.remove(members[i]);
    }
  }

  private void gatherNewNeighborsOf(int lost, int level) {
    int length = from.read(lost, level, lostList);
    for (int i = 0; i < length; i++) {
      int candidate = graft.newRow(lostList[i]);
      if (candidate != Graft.GONE && met.add(candidate)) {
        members[size++] = candidate;
      }
    }
  }
}
