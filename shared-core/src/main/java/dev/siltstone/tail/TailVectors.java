package dev.siltstone.tail;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.FloatTable;
import dev.siltstone.distance.InverseNorm;
import dev.siltstone.record.Embedding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of a tail's rows in native memory, where the kernels that score mapped files can
 * score them too: tables of {@link #PER_TABLE} rows each. Freed with the tail.
 */
final class TailVectors {
  static final int PER_TABLE = 256;

  private static final int ALIGNMENT = 64;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Arena arena = Arena.ofAuto();
  private final Space space;
  private List<FloatTable> tables = List.of();

  TailVectors(Space space) {
    this.space = space;
  }

  void add(int index, Embedding embedding) {
    if (index / PER_TABLE == tables.size()) {
      List<FloatTable> more = new ArrayList<>(tables);
      more.add(newTable(embedding.dimension()));
      tables = List.copyOf(more);
    }
    FloatTable table = tables.get(index / PER_TABLE);
    int row = index % PER_TABLE;
    embedding.writeTo(table.segment(), table.offset(row));
    table
        .segment()
        .set(
            FLOAT,
            table.inverseNorms() + (long) row * Float.BYTES,
            InverseNorm.of(embedding.toArray()));
  }

  /** The tables so far; rows added later are not read by whoever got them earlier. */
  List<FloatTable> upToNow() {
    return tables;
  }

  private FloatTable newTable(int dimension) {
    long stride = FloatTable.stride(dimension);
    long norms = stride * PER_TABLE;
    MemorySegment memory = arena.allocate(norms + (long) PER_TABLE * Float.BYTES, ALIGNMENT);
    return new FloatTable(memory, norms, PER_TABLE, dimension, space);
  }
}
