package dev.siltstone.hnsw;

import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.QueryScorer;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;

/** Inserts rows into a {@link GrowingGraph}: the paper's INSERT. One per building thread. */
final class RowInserter {
  private final GrowingGraph graph;
  private final Links links;
  private final QueryScorer query;
  private final GraphWalk walk;
  private final NeighborSelection selection;
  private final int[] members;

  RowInserter(GrowingGraph graph, DistanceKernel kernel) {
    this.graph = graph;
    this.links = graph.links();
    this.query = new QueryScorer(kernel, graph.vectors());
    this.walk = new GraphWalk(links, query);
    this.selection = new NeighborSelection(graph.vectors(), kernel, links.capacity(0));
    this.members = new int[links.capacity(0) + 1 + QueryScorer.GROUP];
  }

  /** Links a row, whose level is set and whose lists have room, into the graph. */
  void insert(int row) {
    int level = links.level(row);
    if (level <= graph.entry().level() && !graph.entry().isEmpty()) {
      insertBelow(graph.entry(), row, level);
      return;
    }
    graph.entryLock().lock();
    try {
      insertBelow(graph.entry(), row, level);
      if (graph.entry().isEmpty() || level > graph.entry().level()) {
        graph.enterAt(new GraphEntry(row, level));
      }
    } finally {
      graph.entryLock().unlock();
    }
  }

  private void insertBelow(GraphEntry entry, int row, int level) {
    if (entry.isEmpty()) {
      return;
    }
    query.prepareRow(row);
    int nearest = walk.descend(entry.row(), entry.level(), level);
    for (int on = Math.min(level, entry.level()); on >= 0; on--) {
      walk.explore(nearest, on, graph.parameters().efConstruction());
      nearest = nearestOther(row, nearest);
      connect(row, on);
    }
  }

  /** The nearest row found that is not the row itself, which others may already have linked to. */
  private int nearestOther(int row, int otherwise) {
    CandidatePool found = walk.found();
    for (int place = 0; place < Math.min(2, found.size()); place++) {
      int candidate = RankedRow.row(found.get(place));
      if (candidate != row) {
        return candidate;
      }
    }
    return otherwise;
  }

  private void connect(int row, int level) {
    selection.clear();
    CandidatePool found = walk.found();
    for (int place = 0; place < found.size(); place++) {
      if (RankedRow.row(found.get(place)) != row) {
        selection.offer(found.get(place), graph.parameters().maxNeighbors());
      }
    }
    int[] chosen = Arrays.copyOf(selection.chosen(), selection.size());
    append(row, level, chosen);
    for (int neighbor : chosen) {
      linkBack(neighbor, level, row);
    }
  }

  /** Others may have linked to the row already, so its list need not be empty. */
  private void append(int row, int level, int[] chosen) {
    Lock lock = graph.lockOf(row);
    lock.lock();
    try {
      int size = links.read(row, level, members);
      for (int i = 0; i < chosen.length && size < links.capacity(level); i++) {
        if (!contains(members, size, chosen[i])) {
          members[size++] = chosen[i];
        }
      }
      links.write(row, level, members, size);
    } finally {
      lock.unlock();
    }
  }

  private void linkBack(int row, int level, int newcomer) {
    Lock lock = graph.lockOf(row);
    lock.lock();
    try {
      int size = links.read(row, level, members);
      if (contains(members, size, newcomer)) {
        return;
      }
      if (size < links.capacity(level)) {
        links.put(links.list(row, level), size, newcomer);
      } else {
        members[size] = newcomer;
        selection.choose(row, members, size + 1, links.capacity(level));
        links.write(row, level, selection.chosen(), selection.size());
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean contains(int[] rows, int size, int row) {
    for (int i = 0; i < size; i++) {
      if (rows[i] == row) {
        return true;
      }
    }
    return false;
  }
}
