package dev.siltstone.segment;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.hnsw.RowFilter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of one segment that a version of the collection no longer shows, because their records
 * were deleted or stand in a newer segment. Immutable. The package page has the file format.
 */
public final class DeletedRows {
  public static final DeletedRows NONE = new DeletedRows(new RoaringBitmap());

  private static final byte[] MAGIC = "SILT-DEL".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 20;
  private static final int CHECKED_FROM = 16;

  private final RoaringBitmap rows;
  private final RowFilter shown;

  private DeletedRows(RoaringBitmap rows) {
    this.rows = rows;
    this.shown = rows.isEmpty() ? RowFilter.all() : RowFilter.except(rows);
  }

  /** Copies the rows. */
  public static DeletedRows of(RoaringBitmap rows) {
    return new DeletedRows(optimized(rows.clone()));
  }

  public boolean contains(int row) {
    return rows.contains(row);
  }

  public int count() {
    return rows.getCardinality();
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Admits all rows of the segment but these; the same for all searches, which share it. */
  public RowFilter shown() {
    return shown;
  }

  /** These rows and more. */
  public DeletedRows plus(RoaringBitmap more) {
    return new DeletedRows(optimized(RoaringBitmap.or(rows, more)));
  }

  /** A copy. */
  public RoaringBitmap toBitmap() {
    return rows.clone();
  }

  /** Takes these rows out of {@code target}. */
  public void removeFrom(RoaringBitmap target) {
    target.andNot(rows);
  }

  /** The rows of a segment with {@code segmentRows} rows that are still shown. */
  public RoaringBitmap liveOf(int segmentRows) {
    return RoaringBitmap.flip(rows, 0L, segmentRows);
  }

  /** The file's bytes. */
  public byte[] encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + rows.serializedSizeInBytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).putInt(VERSION).putInt(0).putInt(count());
    rows.serialize(bytes);
    bytes.putInt(12, crc(bytes));
    return bytes.array();
  }

  /**
   * Reads {@link #encode}'s bytes.
   *
   * @throws CorruptDataException if they are damaged or truncated
   * @throws UnsupportedFormatException if a newer writer made them
   */
  public static DeletedRows decode(byte[] file) {
    if (file.length < HEADER_BYTES || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, 8)) {
      throw new CorruptDataException("these %d bytes are no deleted rows".formatted(file.length));
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int version = bytes.getInt(8);
    if (version != VERSION) {
      throw new UnsupportedFormatException(
          "deleted rows of version %d; this code reads version %d".formatted(version, VERSION));
    }
    if (bytes.getInt(12) != crc(bytes)) {
      throw new CorruptDataException("deleted rows do not match their checksum");
    }
    DeletedRows decoded = new DeletedRows(bitmap(bytes.position(HEADER_BYTES)));
    if (decoded.count() != bytes.getInt(CHECKED_FROM)) {
      throw new CorruptDataException("deleted rows are not as many as their file says");
    }
    return decoded;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeletedRows that && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  @Override
  public String toString() {
    return "DeletedRows[" + count() + "]";
  }

  private static RoaringBitmap bitmap(ByteBuffer bytes) {
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(bytes);
    } catch (IOException e) {
      throw new CorruptDataException("deleted rows hold no bitmap", e);
    }
    return bitmap;
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(CHECKED_FROM, bytes.capacity() - CHECKED_FROM));
    return (int) crc.getValue();
  }

  private static RoaringBitmap optimized(RoaringBitmap bitmap) {
    bitmap.runOptimize();
    return bitmap;
  }
}
