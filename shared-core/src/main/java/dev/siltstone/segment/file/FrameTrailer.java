package dev.siltstone.segment.file;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Encodes and checks the fixed parts of the frame; the package page has the layout. */
final class FrameTrailer {
  static final int HEADER_BYTES = 16;
  static final int TRAILER_BYTES = 32;
  static final int TABLE_ENTRY_BYTES = 24;

  private FrameTrailer() {}

  static ByteBuffer header(FileKind kind) {
    ByteBuffer header = little(HEADER_BYTES).put(kind.magicBytes()).putInt(kind.version());
    header.putInt(crc(header.slice(0, 12)));
    return header.flip();
  }

  /** The trailer that belongs to a table of {@code sections} entries. */
  static ByteBuffer trailer(FileKind kind, ByteBuffer table, int sections, long fileLength) {
    ByteBuffer counted = little(12).putLong(fileLength).putInt(sections).flip();
    ByteBuffer trailer = little(TRAILER_BYTES).put(counted.duplicate());
    trailer.putInt(crc(table.duplicate(), counted));
    trailer.putInt(kind.version()).putInt(identityCrc(kind.magicBytes(), kind.version()));
    return trailer.put(kind.magicBytes()).flip();
  }

  /**
   * Checks a file's last bytes.
   *
   * @param source the file, whose start is looked at only to word an error
   * @param end its last bytes, at least a trailer
   */
  static void checkIdentity(FileKind kind, ByteSource source, ByteBuffer end) {
    int at = end.limit() - 16;
    byte[] magic = new byte[FileKind.MAGIC_BYTES];
    end.get(at + 8, magic);
    int version = end.getInt(at);
    if (!Arrays.equals(magic, kind.magicBytes())
        || identityCrc(magic, version) != end.getInt(at + 4)) {
      throw notComplete(kind, source);
    }
    if (version < 1 || version > kind.version()) {
      throw new UnsupportedFormatException(
          "%s is a %s of version %d; this code reads up to version %d"
              .formatted(
                  source.name(), kind.name(), Integer.toUnsignedLong(version), kind.version()));
    }
  }

  static void checkHeader(FileKind kind, ByteSource source) {
    ByteBuffer header = source.read(0, HEADER_BYTES);
    if (crc(header.slice(0, 12)) != header.getInt(12)) {
      throw new CorruptDataException(
          "%s: the header of this %s is damaged".formatted(source.name(), kind.name()));
    }
  }

  static CorruptDataException truncated(FileKind kind, ByteSource source) {
    return new CorruptDataException(
        "%s is truncated: %d bytes do not hold a complete %s"
            .formatted(source.name(), source.size(), kind.name()));
  }

  private static CorruptDataException notComplete(FileKind kind, ByteSource source) {
    ByteBuffer header = source.read(0, HEADER_BYTES);
    byte[] magic = new byte[FileKind.MAGIC_BYTES];
    header.get(0, magic);
    return Arrays.equals(magic, kind.magicBytes())
        ? truncated(kind, source)
        : new CorruptDataException(
            "%s is not a %s: it does not start and end as one"
                .formatted(source.name(), kind.name()));
  }

  private static int identityCrc(byte[] magic, int version) {
    return crc(little(12).putInt(version).put(magic).flip());
  }

  static int crc(ByteBuffer... parts) {
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : parts) {
      crc.update(part.duplicate());
    }
    return (int) crc.getValue();
  }

  static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
