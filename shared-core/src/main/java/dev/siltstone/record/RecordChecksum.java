package dev.siltstone.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of one record with everything it holds, its order key included: the first 16 bytes
 * of the SHA-256 over this encoding (little-endian).
 *
 * <pre>
 * text       u32 length in bytes plus 1 (0: none), UTF-8
 * record     text id, u64 sequence, u32 index,
 *            u32 dimension, float32 values, text document, text uri,
 *            metadata as {@link MetadataCodec} encodes it
 * </pre>
 *
 * @param high bytes 0 to 7 of the digest, big-endian
 * @param low bytes 8 to 15 of the digest, big-endian
 */
public record RecordChecksum(long high, long low) {
  /** Takes the checksum of a record. */
  public static RecordChecksum of(StoredRecord record) {
    MessageDigest digest = sha256();
    putText(digest, record.id().value());
    putNumbers(digest, record.order(), record.embedding().dimension());
    digest.update(record.embedding().toLittleEndian());
    putText(digest, record.document());
    putText(digest, record.uri());
    digest.update(MetadataCodec.encode(record.metadata()));
    ByteBuffer result = ByteBuffer.wrap(digest.digest());
    return new RecordChecksum(result.getLong(), result.getLong());
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }

  private static void putNumbers(MessageDigest digest, OrderKey order, int dimension) {
    ByteBuffer numbers = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    digest.update(numbers.putLong(order.sequence()).putInt(order.index()).putInt(dimension).flip());
  }

  private static void putText(MessageDigest digest, @Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : Utf8.encode(text);
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    digest.update(length.putInt(text == null ? 0 : bytes.length + 1).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
