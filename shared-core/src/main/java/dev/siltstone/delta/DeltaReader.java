package dev.siltstone.delta;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.Checksum;

/**
 * Decodes deltas: the one judge of whether bytes are poison, shared by writer, compactor and
 * readers. The verdict depends on the bytes (and the limits) alone.
 */
public final class DeltaReader {
  private DeltaReader() {}

  /**
   * The delta in these bytes.
   *
   * @throws CorruptDataException if they are poison: truncated, altered, not a delta, or beyond the
   *     limits
   * @throws dev.siltstone.failure.UnsupportedFormatException if they are of a newer format version
   * @throws UnavailableException if the failure says nothing about the bytes, such as lack of
   *     memory
   */
  public static Delta decode(byte[] file, DeltaLimits limits) {
    DeltaHeader header = DeltaHeader.read(file);
    checkSizes(header, file, limits);
    byte[] database = inflate(header, file);
    Checksum found = Checksum.of(database);
    if (!found.equals(header.rawChecksum())) {
      throw new CorruptDataException(
          "A delta's database has SHA-256 %s, expected %s".formatted(found, header.rawChecksum()));
    }
    return DeltaDatabase.read(database);
  }

  private static void checkSizes(DeltaHeader header, byte[] file, DeltaLimits limits) {
    long fileBytes = DeltaHeader.BYTES + header.frameBytes();
    if (header.frameBytes() < 0 || file.length < fileBytes) {
      throw new CorruptDataException(
          "A delta is truncated: %d bytes of %d".formatted(file.length, fileBytes));
    }
    if (file.length > fileBytes) {
      throw new CorruptDataException(
          "A delta has %d bytes behind its end".formatted(file.length - fileBytes));
    }
    if (header.rawBytes() < 0 || header.rawBytes() > limits.maxRawBytes()) {
      throw new CorruptDataException(
          "A delta would inflate to %d bytes; the limit is %d"
              .formatted(header.rawBytes(), limits.maxRawBytes()));
    }
    if (header.rawBytes() > file.length * (long) limits.maxRatio()) {
      throw new CorruptDataException(
          "A delta of %d bytes would inflate to %d: more than %d to 1"
              .formatted(file.length, header.rawBytes(), limits.maxRatio()));
    }
    long declared =
        Zstd.getFrameContentSize(file, DeltaHeader.BYTES, file.length - DeltaHeader.BYTES);
    if (declared != header.rawBytes()) {
      throw new CorruptDataException(
          "A delta's zstd frame declares %d bytes of content, expected %d"
              .formatted(declared, header.rawBytes()));
    }
  }

  private static byte[] inflate(DeltaHeader header, byte[] file) {
    byte[] database = new byte[(int) header.rawBytes()];
    long inflated;
    try {
      inflated =
          Zstd.decompressByteArray(
              database, 0, database.length, file, DeltaHeader.BYTES, (int) header.frameBytes());
    } catch (ZstdException e) {
      throw judged(e);
    }
    if (inflated != database.length) {
      throw new CorruptDataException(
          "A delta inflates to %d bytes of %d".formatted(inflated, database.length));
    }
    return database;
  }

  private static SiltstoneException judged(ZstdException e) {
    return e.getErrorCode() == Zstd.errMemoryAllocation()
        ? new UnavailableException("zstd ran out of memory on a delta", e)
        : new CorruptDataException("A delta's zstd frame cannot be inflated", e);
  }
}
