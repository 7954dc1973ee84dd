package dev.siltstone.segment.file;

import dev.siltstone.failure.CorruptDataException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** A stretch of a framed file; offsets count from its start. */
public final class Section {
  private static final int VERIFY_BYTES = 1 << 20;

  private final ByteSource source;
  private final int id;
  private final int crc;
  private final long offset;
  private final long length;

  Section(ByteSource source, int id, int crc, long offset, long length) {
    this.source = source;
    this.id = id;
    this.crc = crc;
    this.offset = offset;
    this.length = length;
  }

  public long length() {
    return length;
  }

  /**
   * Bytes of this section, little-endian.
   *
   * @throws CorruptDataException if the range leaves the section: some offset in the file is wrong
   */
  public ByteBuffer read(long from, int count) {
    requireInside(from, count);
    return source.read(offset + from, count);
  }

  /**
   * Where in the file the bytes stand that {@link #read} of the same numbers returns.
   *
   * @throws CorruptDataException if the range leaves the section: some offset in the file is wrong
   */
  public ByteRange range(long from, int count) {
    requireInside(from, count);
    return new ByteRange(offset + from, count);
  }

  /** The whole section, unchecked. */
  public ByteBuffer readAll() {
    if (length > Integer.MAX_VALUE) {
      throw new CorruptDataException(
          "%s: section %d has %d bytes".formatted(source.name(), id, length));
    }
    return read(0, (int) length);
  }

  /**
   * The whole section, in one read.
   *
   * @throws CorruptDataException if it does not match its checksum
   */
  public ByteBuffer readVerified() {
    ByteBuffer bytes = readAll();
    if (FrameTrailer.crc(bytes) != crc) {
      throw mismatch();
    }
    return bytes;
  }

  /** Reads everything in pieces and compares checksums. */
  void verify() {
    CRC32C actual = new CRC32C();
    for (long at = 0; at < length; at += VERIFY_BYTES) {
      actual.update(read(at, (int) Math.min(VERIFY_BYTES, length - at)));
    }
    if ((int) actual.getValue() != crc) {
      throw mismatch();
    }
  }

  /** For messages: the file's path or key. */
  public String fileName() {
    return source.name();
  }

  private void requireInside(long from, int count) {
    if (from < 0 || count < 0 || from > length - count) {
      throw new CorruptDataException(
          "%s: %d bytes at %d lie outside of section %d with %d bytes"
              .formatted(source.name(), count, from, id, length));
    }
  }

  private CorruptDataException mismatch() {
    return new CorruptDataException(
        "%s: section %d does not match its checksum".formatted(source.name(), id));
  }
}
