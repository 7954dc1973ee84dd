package dev.siltstone.hnsw;

import dev.siltstone.distance.VectorTable;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A graph in the making, in a mapped file whose vectors and levels are all there: what the threads
 * that build it share. A list is changed under its row's lock and read without: a reader may see a
 * list in the middle of a change, which costs it a neighbor at worst.
 */
final class GrowingGraph {
  private static final int STRIPES = 1 << 12;

  private final Links links;
  private final VectorTable vectors;
  private final GraphParameters parameters;
  private final Lock[] stripes = new Lock[STRIPES];
  private final Lock entryLock = new ReentrantLock();
  private volatile GraphEntry entry = GraphEntry.EMPTY;

  GrowingGraph(Links links, VectorTable vectors, GraphParameters parameters) {
    this.links = links;
    this.vectors = vectors;
    this.parameters = parameters;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  /** Gives each row its level and empty lists above level 0. */
  void placeAll(int[] levels) {
    int lists = 0;
    for (int row = 0; row < levels.length; row++) {
      links.place(row, levels[row], lists);
      lists += levels[row];
    }
  }

  Links links() {
    return links;
  }

  VectorTable vectors() {
    return vectors;
  }

  GraphParameters parameters() {
    return parameters;
  }

  GraphEntry entry() {
    return entry;
  }

  /** The lock for changes of a row's lists. */
  Lock lockOf(int row) {
    return stripes[row & STRIPES - 1];
  }

  /** Held while a row is inserted above the present top, so that only one can raise it. */
  Lock entryLock() {
    return entryLock;
  }

  /** Says where walks begin; the entry lock is held, or no other thread is there yet. */
  void enterAt(GraphEntry newEntry) {
    entry = newEntry;
  }
}
