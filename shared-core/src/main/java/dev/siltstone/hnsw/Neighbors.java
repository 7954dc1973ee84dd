package dev.siltstone.hnsw;

/** Rows with their distances, nearest first, ties by row. */
public final class Neighbors {
  private final int[] rows;
  private final float[] distances;

  private Neighbors(int size) {
    this.rows = new int[size];
    this.distances = new float[size];
  }

  static Neighbors of(long[] sorted, int size) {
    Neighbors neighbors = new Neighbors(size);
    for (int i = 0; i < size; i++) {
      neighbors.rows[i] = RankedRow.row(sorted[i]);
      neighbors.distances[i] = RankedRow.distance(sorted[i]);
    }
    return neighbors;
  }

  public int size() {
    return rows.length;
  }

  /** The row at a place, 0 being the nearest. */
  public int row(int place) {
    return rows[place];
  }

  public float distance(int place) {
    return distances[place];
  }

  /** A copy of all rows in order. */
  public int[] rows() {
    return rows.clone();
  }
}
