package dev.siltstone.delta;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.storage.Checksum;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The skippable frame at the start of the file; its fields are described in the package's
 * documentation.
 *
 * @param rawBytes size of the database
 * @param frameBytes size of the zstd frame behind this header
 * @param rawChecksum of the database
 */
record DeltaHeader(long rawBytes, long frameBytes, Checksum rawChecksum) {
  static final int VERSION = 1;

  /** Bytes of the whole skippable frame. */
  static final int BYTES = 72;

  private static final int SKIPPABLE_MAGIC = 0x184D2A5D;
  private static final byte[] MAGIC = "SILTDELT".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_PREFIX = 8;
  private static final int PREAMBLE = FRAME_PREFIX + 8 + Integer.BYTES;
  private static final int CHECKSUM_BYTES = 32;

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(SKIPPABLE_MAGIC).putInt(BYTES - FRAME_PREFIX).put(MAGIC).putInt(VERSION);
    out.putLong(rawBytes).putLong(frameBytes).put(HexFormat.of().parseHex(rawChecksum.hex()));
    out.putInt(crc(out.array(), BYTES - Integer.BYTES));
    return out.array();
  }

  /** Reads and checks the header at the start of a file. */
  static DeltaHeader read(byte[] file) {
    if (file.length < PREAMBLE) {
      throw new CorruptDataException(
          "A delta of %d bytes is truncated: not even a header".formatted(file.length));
    }
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = checkedSize(in, file.length);
    checkCrc(file, headerBytes);
    checkVersion(in.getInt(PREAMBLE - Integer.BYTES), headerBytes);
    in.position(PREAMBLE);
    long rawBytes = in.getLong();
    long frameBytes = in.getLong();
    byte[] checksum = new byte[CHECKSUM_BYTES];
    in.get(checksum);
    return new DeltaHeader(rawBytes, frameBytes, new Checksum(HexFormat.of().formatHex(checksum)));
  }

  /** The size of the header in whatever version it is, after a look at both magic numbers. */
  private static int checkedSize(ByteBuffer in, int fileBytes) {
    byte[] magic = Arrays.copyOfRange(in.array(), FRAME_PREFIX, FRAME_PREFIX + MAGIC.length);
    if (in.getInt(0) != SKIPPABLE_MAGIC || !Arrays.equals(magic, MAGIC)) {
      throw new CorruptDataException("Not a delta: it does not start with the magic of one");
    }
    long headerBytes = FRAME_PREFIX + Integer.toUnsignedLong(in.getInt(4));
    if (headerBytes < PREAMBLE + Integer.BYTES) {
      throw new CorruptDataException(
          "A delta's header says it has %d bytes".formatted(headerBytes));
    }
    if (headerBytes > fileBytes) {
      throw new CorruptDataException(
          "A delta is truncated: %d bytes, within the header of %d"
              .formatted(fileBytes, headerBytes));
    }
    return (int) headerBytes;
  }

  private static void checkCrc(byte[] file, int headerBytes) {
    int at = headerBytes - Integer.BYTES;
    int expected = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    int found = crc(file, at);
    if (found != expected) {
      throw new CorruptDataException(
          "A delta's header is damaged: CRC-32C %08x, expected %08x".formatted(found, expected));
    }
  }

  private static void checkVersion(int version, int headerBytes) {
    if (version > VERSION) {
      throw new UnsupportedFormatException(
          "A delta has format version %d; this code reads up to %d".formatted(version, VERSION));
    }
    if (version != VERSION || headerBytes != BYTES) {
      throw new CorruptDataException(
          "A delta has format version %d and a header of %d bytes".formatted(version, headerBytes));
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
