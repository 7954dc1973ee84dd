package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Distances of one query at a time to rows of one {@link VectorTable}, with Chroma's definitions:
 * squared Euclidean; 1 − cosine (1 where a vector is zero); 1 − inner product. Reusable, allocates
 * nothing per query, belongs to one thread.
 */
public final class QueryScorer {
  /** Rows are compared in groups of so many; arrays of results have room for a whole last group. */
  public static final int GROUP = 4;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int ORDINARY_EXPONENT = 16;

  private final DistanceKernel kernel;
  private final Space space;
  private final float[] query;
  private VectorTable table;
  private MemorySegment segment;
  private long base;
  private long stride;
  private DistanceKernel current;
  private float inverseNorm;

  public QueryScorer(DistanceKernel kernel, VectorTable table) {
    this.query = new float[VectorTable.paddedDimension(table.dimension())];
    this.kernel = kernel.forOneThread(query.length);
    this.current = this.kernel.current();
    this.table = table;
    this.segment = table.segment();
    this.space = table.space();
    this.base = table.base();
    this.stride = table.stride();
  }

  /** Goes on to another table of the same dimension and space; the query stays prepared. */
  public void moveTo(VectorTable other) {
    table = other;
    segment = other.segment();
    base = other.base();
    stride = other.stride();
  }

  public VectorTable table() {
    return table;
  }

  /** Takes a query's values; the caller keeps the array. */
  public void prepare(float[] values) {
    if (values.length != table.dimension()) {
      throw new IllegalArgumentException(
          "a query of dimension %d for vectors of %d".formatted(values.length, table.dimension()));
    }
    current = kernel.current();
    System.arraycopy(values, 0, query, 0, values.length);
    if (space == Space.COSINE) {
      rescale(InverseNorm.of(values));
    }
  }

  /** Makes a stored row the query. */
  public void prepareRow(int row) {
    table.copyRow(row, query);
    if (space == Space.COSINE) {
      rescale(table.inverseNorm(row));
    }
  }

  /**
   * Brings the query near length 1 by a power of two, which costs no bit of precision, so that
   * products neither overflow nor vanish. Ordinary queries stay as they are.
   */
  private void rescale(float norm) {
    int exponent = Math.getExponent(norm);
    boolean ordinary = norm == 0 || Math.abs(exponent) <= ORDINARY_EXPONENT;
    inverseNorm = ordinary ? norm : Math.scalb(norm, -exponent);
    if (!ordinary) {
      float scale = Math.scalb(1f, exponent);
      for (int i = 0; i < query.length; i++) {
        query[i] *= scale;
      }
    }
  }

  /**
   * Distances to {@code rows[0]} … {@code rows[count - 1]}, into the same places of {@code out}.
   *
   * @param rows holds {@code count} rounded up to {@link #GROUP} places; those behind {@code count}
   *     are overwritten
   * @param out has as many places
   */
  public void score(int[] rows, int count, float[] out) {
    for (int i = count; i % GROUP != 0; i++) {
      rows[i] = rows[count - 1];
    }
    for (int i = 0; i < count; i += GROUP) {
      compare(
          base + rows[i] * stride,
          base + rows[i + 1] * stride,
          base + rows[i + 2] * stride,
          base + rows[i + 3] * stride,
          out,
          i);
    }
    finish(rows, 0, count, out);
  }

  /**
   * Distances to the four rows at {@code rows[from]}, into {@code out[0]} to {@code out[3]}: for
   * loops that may stop after any group.
   */
  public void scoreGroup(int[] rows, int from, float[] out) {
    compare(
        base + rows[from] * stride,
        base + rows[from + 1] * stride,
        base + rows[from + 2] * stride,
        base + rows[from + 3] * stride,
        out,
        0);
    finish(rows, from, GROUP, out);
  }

  private void compare(long a, long b, long c, long d, float[] out, int at) {
    switch (space) {
      case L2 -> current.squaredDistance(segment, a, b, c, d, query, out, at);
      case COSINE, IP -> current.dot(segment, a, b, c, d, query, out, at);
    }
  }

  /** Turns products of {@code rows[from]} and so on into distances, in {@code out[0]} and so on. */
  private void finish(int[] rows, int from, int count, float[] out) {
    switch (space) {
      case L2 -> {}
      case IP -> {
        for (int i = 0; i < count; i++) {
          out[i] = 1 - out[i];
        }
      }
      case COSINE -> {
        for (int i = 0; i < count; i++) {
          int row = rows[from + i];
          float cosine = out[i] * inverseNorm * table.inverseNorm(row);
          out[i] = 1 - (Float.isFinite(cosine) ? cosine : cosineOfHugeVector(row));
        }
      }
    }
  }

  /** Values near the end of float32's range: their products need the range of double. */
  private float cosineOfHugeVector(int row) {
    double dot = 0;
    double squares = 0;
    double querySquares = 0;
    for (int i = 0; i < table.dimension(); i++) {
      double value = segment.get(FLOAT, table.offset(row) + (long) i * Float.BYTES);
      dot += value * query[i];
      squares += value * value;
      querySquares += (double) query[i] * query[i];
    }
    return (float) (dot / Math.sqrt(squares * querySquares));
  }
}
