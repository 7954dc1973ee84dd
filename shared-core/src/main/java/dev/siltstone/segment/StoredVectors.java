package dev.siltstone.segment;

import dev.siltstone.distance.SplitFloats;
import dev.siltstone.distance.SplitRows;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.hnsw.GraphHeader;
import dev.siltstone.hnsw.GraphLayout;
import dev.siltstone.record.Embedding;
import dev.siltstone.segment.file.ByteRange;
import dev.siltstone.segment.file.ByteSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Single vectors of a {@code graph.hnsw}, mapped or by range. Vectors have no checksum of their
 * own: whoever reads one compares the whole record with the checksum in its id entry.
 */
public final class StoredVectors implements AutoCloseable {
  /** What opening reads of the file. */
  public static final ByteRange HEADER = new ByteRange(0, GraphLayout.HEADER_BYTES);

  private final ByteSource source;
  private final GraphLayout layout;
  private final SplitRows places;

  private StoredVectors(ByteSource source, GraphLayout layout) {
    this.source = source;
    this.layout = layout;
    this.places = layout.places();
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

  /** What {@link #embedding} will read of the file: exponent and the two parts of the vector. */
  public List<ByteRange> rangesOf(int row) {
    return List.of(
        new ByteRange(layout.exponentsOffset() + row, 1),
        new ByteRange(places.codes(row), SplitFloats.codeBytes(places.dimension())),
        new ByteRange(places.rest(row), SplitFloats.restBytes(places.dimension())));
  }

  /**
   * The vector, bit for bit as it was written.
   *
   * @throws CorruptDataException if it cannot have been written
   */
  public Embedding embedding(int row) {
    List<ByteRange> ranges = rangesOf(row);
    int length = ranges.stream().mapToInt(ByteRange::length).sum();
    MemorySegment parts = MemorySegment.ofArray(new byte[length]);
    long to = 0;
    for (ByteRange range : ranges) {
      MemorySegment bytes = MemorySegment.ofBuffer(source.read(range.offset(), range.length()));
      MemorySegment.copy(bytes, 0, parts, to, range.length());
      to += range.length();
    }
    float[] values = new float[places.dimension()];
    int exponent = parts.get(ValueLayout.JAVA_BYTE, 0) & 0xFF;
    long rest = 1L + SplitFloats.codeBytes(values.length);
    SplitFloats.of(exponent).read(parts, 1, rest, values.length, values);
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
