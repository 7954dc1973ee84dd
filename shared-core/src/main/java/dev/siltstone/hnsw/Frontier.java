package dev.siltstone.hnsw;

import java.util.Arrays;

/**
 * Rows whose neighbors are still to be looked at, nearest first: the paper's candidates, for walks
 * whose results are not all of them. A heap of longs that keeps its memory; belongs to one thread.
 */
final class Frontier {
  private long[] heap = new long[1024];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  float nearestDistance() {
    return RankedRow.distance(heap[0]);
  }

  void add(int row, float distance) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    long entry = RankedRow.of(row, distance);
    int at = size++;
    while (at > 0 && heap[(at - 1) >>> 1] > entry) {
      heap[at] = heap[(at - 1) >>> 1];
      at = (at - 1) >>> 1;
    }
    heap[at] = entry;
  }

  int removeNearest() {
    long nearest = heap[0];
    long entry = heap[--size];
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= entry) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = entry;
    return RankedRow.row(nearest);
  }
}
