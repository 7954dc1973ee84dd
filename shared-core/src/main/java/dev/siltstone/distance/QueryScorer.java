package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distances of one query at a time to rows of one {@link VectorTable}, with Chroma's definitions:
 * squared Euclidean; 1 − cosine (1 where a vector is zero); 1 − inner product. Rows of a {@link
 * SplitTable} can be compared for a quarter of the bytes, by {@link #estimate}; {@link #reach} says
 * which of them are then to be compared whole. Reusable, allocates nothing per query, belongs to
 * one thread.
 */
public final class QueryScorer {
  /** Rows are compared in groups of so many; arrays of results have room for a whole last group. */
  public static final int GROUP = 4;

  private static final int ORDINARY_EXPONENT = 16;
  private static final int ALIGNMENT = 64;

  private final DistanceKernel kernel;
  private final Space space;
  private final float[] query;

  /** Where vectors are put together, for a group of rows; of no size if they are whole. */
  private final MemorySegment joined;

  private final long stride;
  private long[] offsets = new long[GROUP];
  private int[] exponents = new int[GROUP];

  /** Keeps compilers from leaving out what is read ahead. */
  @SuppressWarnings("UnusedVariable")
  private int ahead;

  private VectorTable table;

  /** The table, if codes of its rows say enough. */
  private @Nullable SplitTable estimated;

  private MemorySegment segment;
  private DistanceKernel current;
  private float inverseNorm;
  private double length;

  public QueryScorer(DistanceKernel kernel, VectorTable table) {
    this.query = new float[VectorTable.paddedDimension(table.dimension())];
    this.kernel = kernel.forOneThread(query.length);
    this.current = this.kernel.current();
    this.table = table;
    this.segment = table.segment();
    this.estimated = estimated(table);
    this.space = table.space();
    this.stride = FloatTable.stride(table.dimension());
    this.joined =
        table instanceof SplitTable
            ? Arena.ofAuto().allocate(GROUP * stride, ALIGNMENT)
            : MemorySegment.NULL;
  }

  private static @Nullable SplitTable estimated(VectorTable table) {
    return table instanceof SplitTable split && split.rounding() > 0 ? split : null;
  }

  /** Goes on to another table of the same kind, dimension and space; the query stays prepared. */
  public void moveTo(VectorTable other) {
    table = other;
    segment = other.segment();
    estimated = estimated(other);
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
    Arrays.fill(query, values.length, query.length, 0);
    if (space == Space.COSINE) {
      rescale(InverseNorm.of(values));
    }
    length = estimates() && space == Space.IP ? length(values) : 1;
  }

  private static double length(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  /** Makes a stored row the query of {@link #estimate}: as an estimate sees the row. */
  public void prepareRow(int row) {
    SplitTable split = estimated;
    if (split == null) {
      table.copyRow(row, query);
    } else {
      current.unpack(segment, split.places().codes(row), split.exponent(row), query);
      Arrays.fill(query, split.dimension(), query.length, 0);
    }
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
    fillGroup(rows, count);
    for (int i = 0; i < count; i += GROUP) {
      compare(rows, i, out, i);
    }
    finish(rows, 0, count, out);
  }

  /**
   * The same as far as codes tell. Distances as of {@link #score} where there are none or they say
   * too little.
   */
  public void estimate(int[] rows, int count, float[] out) {
    SplitTable split = estimated;
    if (split == null) {
      score(rows, count, out);
      return;
    }
    fillGroup(rows, count);
    compareRoughly(split, rows, 0, count, out);
    finish(rows, 0, count, out);
  }

  /**
   * {@link #estimate} for the four rows at {@code rows[from]}, into {@code out[0]} to {@code
   * out[3]}: for loops that may stop after any group.
   */
  public void estimateGroup(int[] rows, int from, float[] out) {
    SplitTable split = estimated;
    if (split == null) {
      compare(rows, from, out, 0);
    } else {
      compareRoughly(split, rows, from, GROUP, out);
    }
    finish(rows, from, GROUP, out);
  }

  /** Whether {@link #estimate} says less than {@link #score}. */
  public boolean estimates() {
    return estimated != null;
  }

  /**
   * The greatest estimate of a row at this distance, or the greatest distance of a row with this
   * estimate. NaN if nothing is known.
   */
  public float reach(float distance) {
    SplitTable split = estimated;
    return split == null
        ? distance
        : Rounding.reach(space, split.dimension(), split.rounding(), length, distance);
  }

  private static void fillGroup(int[] rows, int count) {
    for (int i = count; i % GROUP != 0; i++) {
      rows[i] = rows[count - 1];
    }
  }

  private void compare(int[] rows, int from, float[] out, int at) {
    if (table instanceof SplitTable split) {
      for (int i = 0; i < GROUP; i++) {
        join(split, rows[from + i], i * stride);
      }
      compare(joined, 0, stride, 2 * stride, 3 * stride, out, at);
    } else {
      long a = rows[from] * stride;
      long b = rows[from + 1] * stride;
      long c = rows[from + 2] * stride;
      long d = rows[from + 3] * stride;
      compare(segment, a, b, c, d, out, at);
    }
  }

  private void join(SplitTable split, int row, long at) {
    SplitRows places = split.places();
    current.join(
        segment,
        places.codes(row),
        places.rest(row),
        split.exponent(row),
        joined,
        at,
        query.length);
  }

  private void compare(MemorySegment vectors, long a, long b, long c, long d, float[] out, int at) {
    switch (space) {
      case L2 -> current.squaredDistance(vectors, a, b, c, d, query, out, at);
      case COSINE, IP -> current.dot(vectors, a, b, c, d, query, out, at);
    }
  }

  private void compareRoughly(SplitTable split, int[] rows, int from, int count, float[] out) {
    int places = (count + GROUP - 1) / GROUP * GROUP;
    if (offsets.length < places) {
      offsets = new long[rows.length];
      exponents = new int[rows.length];
    }
    for (int i = 0; i < places; i++) {
      offsets[i] = split.places().codes(rows[from + i]);
      exponents[i] = split.exponent(rows[from + i]);
    }
    switch (space) {
      case L2 -> {
        ahead += current.roughSquaredDistance(segment, offsets, exponents, count, query, out);
        leavePaddingOut(split.dimension(), count, out);
      }
      case COSINE, IP -> ahead += current.roughDot(segment, offsets, exponents, count, query, out);
    }
  }

  /** Zeros have no codes of their own, so those behind a vector have added to the distance. */
  private void leavePaddingOut(int dimension, int count, float[] out) {
    if (dimension < query.length) {
      for (int i = 0; i < count; i++) {
        float padding = Rounding.padding(dimension, SplitFloats.of(exponents[i]));
        out[i] = Math.max(0, out[i] - padding);
      }
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
        long norms = table.inverseNorms();
        for (int i = 0; i < count; i++) {
          int row = rows[from + i];
          float cosine = out[i] * inverseNorm * InverseNorm.read(segment, norms, row);
          out[i] = 1 - (Float.isFinite(cosine) ? cosine : cosineOfHugeVector(row));
        }
      }
    }
  }

  /** Values near the end of float32's range: their products need the range of double. */
  private float cosineOfHugeVector(int row) {
    float[] values = new float[query.length];
    table.copyRow(row, values);
    double dot = 0;
    double squares = 0;
    double querySquares = 0;
    for (int i = 0; i < values.length; i++) {
      dot += (double) values[i] * query[i];
      squares += (double) values[i] * values[i];
      querySquares += (double) query[i] * query[i];
    }
    return (float) (dot / Math.sqrt(squares * querySquares));
  }
}
