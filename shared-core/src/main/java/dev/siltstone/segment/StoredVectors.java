package dev.siltstone.segment;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.hnsw.GraphHeader;
import dev.siltstone.hnsw.GraphLayout;
import dev.siltstone.record.Embedding;
import dev.siltstone.segment.file.ByteRange;
import dev.siltstone.segment.file.ByteSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Single vectors of a {@code graph.hnsw}, mapped or by range. Vectors have no checksum of their
 * own: whoever reads one compares the whole record with the checksum in its id entry.
 */
public final class StoredVectors implements AutoCloseable {
  /** What opening reads of the file. */
  public static final ByteRange HEADER = new ByteRange(0, GraphLayout.HEADER_BYTES);

  private final ByteSource source;
  private final GraphLayout layout;

  private StoredVectors(ByteSource source, GraphLayout layout) {
    this.source = source;
    this.layout = layout;
  }

  /**
   * Opens the file and takes over the source.
   *
   * @throws CorruptDataException if it is damaged, truncated, or not the one that the segment means
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer writer made it
   */
  public static StoredVectors open(SegmentDescriptor segment, ByteSource source) {
    int head = (int) Math.min(HEADER.length(), source.size());
    GraphLayout layout =
        GraphHeader.read(MemorySegment.ofBuffer(source.read(0, head)), source.name()).layout();
    if (layout.rows() != segment.rows()
        || layout.dimension() != segment.dimension()
        || layout.fileLength() != source.size()) {
      throw new CorruptDataException(
          "%s: expected %d vectors of dimension %d in %d bytes, its header says %d of %d in %d"
              .formatted(
                  source.name(),
                  segment.rows(),
                  segment.dimension(),
                  source.size(),
                  layout.rows(),
                  layout.dimension(),
                  layout.fileLength()));
    }
    return new StoredVectors(source, layout);
  }

  /** What {@link #embedding} will read of the file. */
  public ByteRange rangeOf(int row) {
    return new ByteRange(layout.vectorOffset(row), layout.dimension() * Float.BYTES);
  }

  /**
   * The vector, bit for bit as it was written.
   *
   * @throws CorruptDataException if it cannot have been written
   */
  public Embedding embedding(int row) {
    ByteRange range = rangeOf(row);
    ByteBuffer bytes = source.read(range.offset(), range.length());
    float[] values = new float[layout.dimension()];
    bytes.asFloatBuffer().get(values);
    try {
      return Embedding.owning(values);
    } catch (InvalidRequestException e) {
      throw new CorruptDataException("%s: row %d is no vector".formatted(source.name(), row), e);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
