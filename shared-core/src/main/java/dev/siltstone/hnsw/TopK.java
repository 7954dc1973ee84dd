package dev.siltstone.hnsw;

import java.util.Arrays;

/**
 * The k nearest rows seen so far: a bounded heap of longs, distance above row, so that ties go to
 * the lower row and offering allocates nothing. NaN is farther than everything. Belongs to one
 * thread; reusable.
 */
public final class TopK {
  private long[] heap;
  private int limit;
  private int size;
  private float ceiling = Float.POSITIVE_INFINITY;

  /** For up to {@code limit} rows. */
  public TopK(int limit) {
    this.heap = new long[limit];
    this.limit = limit;
  }

  /** Forgets everything and takes another limit; grows where needed. */
  public void reset(int newLimit) {
    if (newLimit > heap.length) {
      heap = new long[newLimit];
    }
    limit = newLimit;
    size = 0;
    ceiling = Float.POSITIVE_INFINITY;
  }

  /** Takes nothing that is farther from now on: other searches have found enough that is nearer. */
  public void lower(float newCeiling) {
    ceiling = newCeiling;
  }

  public int size() {
    return size;
  }

  /** How many rows are kept at most. */
  public int limit() {
    return limit;
  }

  /**
   * Distance that a row must beat (or meet, with a lower number) to enter; the ceiling while there
   * is room.
   */
  public float bound() {
    if (limit == 0) {
      return Float.NEGATIVE_INFINITY;
    }
    return size < limit ? ceiling : RankedRow.distance(heap[0]);
  }

  public void offer(int row, float distance) {
    if (distance > ceiling) {
      return;
    }
    long entry = RankedRow.of(row, distance);
    if (size < limit) {
      heap[size] = entry;
      siftUp(size++);
    } else if (limit > 0 && entry < heap[0]) {
      heap[0] = entry;
      siftDown(0);
    }
  }

  /** What was kept, nearest first, ties by row; this heap stays as it is. */
  public Neighbors toNeighbors() {
    long[] sorted = Arrays.copyOf(heap, size);
    Arrays.sort(sorted);
    return Neighbors.of(sorted, size);
  }

  private void siftUp(int from) {
    long entry = heap[from];
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] >= entry) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  private void siftDown(int from) {
    long entry = heap[from];
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= entry) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = entry;
  }
}
