package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import dev.siltstone.record.Embedding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A growing table of fresh vectors in native memory, which the garbage collector frees. Tables that
 * were handed out stay valid and never change; they share memory with the buffer, nothing is copied
 * per query. One thread appends at a time.
 */
public final class VectorBuffer {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Space space;
  private final int dimension;
  private final long stride;
  private int capacity = 64;
  private MemorySegment segment;
  private int rows;

  public VectorBuffer(Space space, int dimension) {
    this.space = space;
    this.dimension = dimension;
    this.stride = FloatTable.stride(dimension);
    this.segment = allocate(capacity);
  }

  /** Zeroed memory for so many vectors and, behind them, their inverse norms. */
  private MemorySegment allocate(int forRows) {
    return Arena.ofAuto().allocate(forRows * (stride + Float.BYTES), 64);
  }

  /**
   * Appends a vector.
   *
   * @return its row, counted from 0
   */
  public int append(Embedding embedding) {
    if (embedding.dimension() != dimension) {
      throw new IllegalArgumentException(
          "a vector of dimension %d among those of %d".formatted(embedding.dimension(), dimension));
    }
    if (rows == capacity) {
      grow();
    }
    embedding.writeTo(segment, rows * stride);
    segment.set(FLOAT, inverseNorms() + 4L * rows, InverseNorm.of(embedding.toArray()));
    return rows++;
  }

  private void grow() {
    MemorySegment full = segment;
    long fullNorms = inverseNorms();
    capacity *= 2;
    segment = allocate(capacity);
    MemorySegment.copy(full, 0, segment, 0, fullNorms);
    MemorySegment.copy(full, fullNorms, segment, inverseNorms(), 4L * rows);
  }

  private long inverseNorms() {
    return capacity * stride;
  }

  public int rows() {
    return rows;
  }

  /** The vectors appended so far. */
  public VectorTable table() {
    return new FloatTable(segment, inverseNorms(), rows, dimension, space);
  }
}
