package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.SplitTable;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.record.Embedding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Header and footer of a {@code graph.hnsw}; the format is described at the package.
 *
 * @param layout where everything lies
 * @param efConstruction candidates looked at while the graph was built, 0 without links
 * @param entryRow where searches begin, -1 without links or rows
 * @param topLevel the entry row's level
 * @param rounding how far at most a vector and its codes are apart, see {@link
 *     dev.siltstone.distance.Rounding}; 0 if vectors are to be compared whole
 */
public record GraphHeader(
    GraphLayout layout, int efConstruction, int entryRow, int topLevel, float rounding) {
  static final int VERSION = 3;
  private static final byte[] MAGIC = "SILTGRPH".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_MAGIC = "SILTGEND".getBytes(StandardCharsets.US_ASCII);
  private static final int USED_BYTES = 64;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The header of a file of vectors alone. */
  static GraphHeader withoutLinks(GraphLayout layout, float rounding) {
    return new GraphHeader(layout, 0, -1, 0, rounding);
  }

  /**
   * Reads the header from the first {@link GraphLayout#HEADER_BYTES} bytes of a file.
   *
   * @param name the file, for messages
   * @throws CorruptDataException if it is none, or its values make no sense
   * @throws UnsupportedFormatException if a newer version wrote it, or one from before the first
   *     release
   */
  public static GraphHeader read(MemorySegment head, String name) {
    if (head.byteSize() < GraphLayout.HEADER_BYTES) {
      throw new CorruptDataException(
          "%s is truncated: %d bytes, less than its header".formatted(name, head.byteSize()));
    }
    requireMagic(head, 0, MAGIC, name);
    int version = head.get(INT, 8);
    if (version > VERSION) {
      throw new UnsupportedFormatException(
          "%s has format version %d; this code reads up to %d".formatted(name, version, VERSION));
    }
    if (version == 1 || version == 2) {
      throw new UnsupportedFormatException(
          "%s has format version %d, which no release has written: add its records again"
              .formatted(name, version));
    }
    Optional<GraphHeader> header = SpaceCode.decode(head.get(INT, 12)).map(s -> parse(s, head));
    if (version < VERSION || !header.map(GraphHeader::isSane).orElse(false)) {
      throw new CorruptDataException("%s has a damaged header: %s".formatted(name, header));
    }
    return header.get();
  }

  private static GraphHeader parse(Space space, MemorySegment head) {
    GraphLayout layout =
        new GraphLayout(
            space, head.get(INT, 16), head.get(INT, 20), head.get(INT, 24), head.get(INT, 40));
    return new GraphHeader(
        layout,
        head.get(INT, 28),
        head.get(INT, 32),
        head.get(INT, 36),
        Float.intBitsToFloat(head.get(INT, 44)));
  }

  /** The vectors in a mapping of the whole file. */
  SplitTable vectors(MemorySegment file) {
    return new SplitTable(
        file,
        layout.places(),
        layout.exponentsOffset(),
        layout.inverseNormsOffset(),
        layout.space(),
        rounding);
  }

  private boolean isSane() {
    boolean linked = layout.hasLinks() && layout.rows() > 0;
    return layout.dimension() >= 1
        && layout.dimension() <= Embedding.MAX_DIMENSION
        && layout.rows() >= 0
        && layout.maxNeighbors() >= 0
        && layout.upperLists() >= 0
        && topLevel >= 0
        && rounding >= 0
        && rounding < Float.POSITIVE_INFINITY
        && (linked ? entryRow >= 0 && entryRow < layout.rows() : entryRow == -1);
  }

  /**
   * Reads and checks header, footer and length of a whole mapped file.
   *
   * @throws CorruptDataException if it is damaged or truncated
   * @throws UnsupportedFormatException if a newer version wrote it
   */
  static GraphHeader readWhole(MemorySegment file, String name) {
    GraphHeader header = read(file, name);
    long expected = header.layout.fileLength();
    if (file.byteSize() != expected) {
      throw new CorruptDataException(
          "%s has %d bytes; its header needs %d".formatted(name, file.byteSize(), expected));
    }
    long footer = header.layout.footerOffset();
    requireMagic(file, footer, END_MAGIC, name);
    if (file.get(LONG, footer + 8) != expected || file.get(INT, footer + 16) != crc(file)) {
      throw new CorruptDataException("%s: header and footer do not match".formatted(name));
    }
    return header;
  }

  private static void requireMagic(MemorySegment file, long at, byte[] magic, String name) {
    if (file.asSlice(at, magic.length).mismatch(MemorySegment.ofArray(magic)) >= 0) {
      throw new CorruptDataException(
          "%s is no graph file: no %s at byte %d"
              .formatted(name, new String(magic, StandardCharsets.US_ASCII), at));
    }
  }

  private static int crc(MemorySegment head) {
    CRC32C crc = new CRC32C();
    crc.update(head.asSlice(0, USED_BYTES).toArray(ValueLayout.JAVA_BYTE));
    return (int) crc.getValue();
  }

  /** The first {@link GraphLayout#HEADER_BYTES} bytes of the file. */
  ByteBuffer encodeHeader() {
    ByteBuffer bytes = littleEndian(GraphLayout.HEADER_BYTES);
    bytes.put(MAGIC).putInt(VERSION).putInt(SpaceCode.of(layout.space()));
    bytes.putInt(layout.dimension()).putInt(layout.rows()).putInt(layout.maxNeighbors());
    bytes.putInt(efConstruction).putInt(entryRow).putInt(topLevel).putInt(layout.upperLists());
    bytes.putFloat(rounding);
    return bytes.rewind();
  }

  /** The last {@link GraphLayout#FOOTER_BYTES} bytes of the file. */
  ByteBuffer encodeFooter() {
    ByteBuffer bytes = littleEndian(GraphLayout.FOOTER_BYTES);
    bytes.put(END_MAGIC).putLong(layout.fileLength());
    bytes.putInt(crc(MemorySegment.ofBuffer(encodeHeader())));
    return bytes.rewind();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
