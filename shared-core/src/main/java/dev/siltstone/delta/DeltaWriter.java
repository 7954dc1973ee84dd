package dev.siltstone.delta;

import com.github.luben.zstd.Zstd;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.storage.Checksum;
import java.nio.ByteBuffer;

/** Encodes deltas. Stateless; the same delta always gives the same bytes on one machine. */
public final class DeltaWriter {
  private static final int ZSTD_LEVEL = 1;

  private DeltaWriter() {}

  /**
   * The delta's file, decoded again by {@link DeltaReader} and compared before it is returned.
   *
   * @throws InvalidRequestException if it would exceed {@link DeltaLimits#FORMAT}, or a text has an
   *     unpaired surrogate, which UTF-8 cannot hold
   */
  public static EncodedDelta encode(Delta delta) {
    return encode(delta, DeltaLimits.FORMAT);
  }

  static EncodedDelta encode(Delta delta, DeltaLimits limits) {
    byte[] database = DeltaDatabase.write(delta);
    if (database.length > limits.maxRawBytes()) {
      throw new InvalidRequestException(
          "A batch of %d operations takes %d bytes as a delta; the limit is %d: split it"
              .formatted(delta.operations().size(), database.length, limits.maxRawBytes()));
    }
    byte[] file = compressed(database);
    if (!DeltaReader.decode(file, limits).equals(delta)) {
      throw new CorruptDataException(
          "Delta %s does not read back as it was written".formatted(delta.id()));
    }
    return new EncodedDelta(delta.id(), file, Checksum.of(file), delta.operations().size());
  }

  private static byte[] compressed(byte[] database) {
    byte[] frame = Zstd.compress(database, ZSTD_LEVEL);
    DeltaHeader header = new DeltaHeader(database.length, frame.length, Checksum.of(database));
    return ByteBuffer.allocate(DeltaHeader.BYTES + frame.length)
        .put(header.toBytes())
        .put(frame)
        .array();
  }
}
