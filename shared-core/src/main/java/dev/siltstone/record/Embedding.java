package dev.siltstone.record;

import dev.siltstone.failure.InvalidRequestException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A vector of finite float32 values, immutable. Two embeddings are equal when all their bits are.
 */
public final class Embedding {
  /** Widest supported vector. */
  public static final int MAX_DIMENSION = 16_384;

  private static final ValueLayout.OfFloat LITTLE_ENDIAN =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final float[] values;

  private Embedding(float[] values) {
    if (values.length == 0 || values.length > MAX_DIMENSION) {
      throw new InvalidRequestException(
          "An embedding has %d values; expected 1 to %d".formatted(values.length, MAX_DIMENSION));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidRequestException(
            "Validation error: embeddings: Embeddings must not contain NaN or Infinity values");
      }
    }
    this.values = values;
  }

  /**
   * Copies the values.
   *
   * @throws InvalidRequestException if empty, too wide, or not finite
   */
  public static Embedding of(float... values) {
    return new Embedding(values.clone());
  }

  /** Takes over an array that the caller gives up; no copy is made. */
  public static Embedding owning(float[] values) {
    return new Embedding(values);
  }

  /** Decodes little-endian float32 bytes. */
  public static Embedding fromLittleEndian(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new InvalidRequestException(
          "An embedding has %d bytes, not a multiple of 4".formatted(bytes.length));
    }
    float[] values = new float[bytes.length / Float.BYTES];
    MemorySegment.copy(MemorySegment.ofArray(bytes), LITTLE_ENDIAN, 0, values, 0, values.length);
    return new Embedding(values);
  }

  public int dimension() {
    return values.length;
  }

  public float get(int index) {
    return values[index];
  }

  /** A copy of the values. */
  public float[] toArray() {
    return values.clone();
  }

  /** The values as little-endian float32 bytes. */
  public byte[] toLittleEndian() {
    byte[] bytes = new byte[values.length * Float.BYTES];
    writeTo(MemorySegment.ofArray(bytes), 0);
    return bytes;
  }

  /** Writes the values as little-endian float32 at {@code offset}. */
  public void writeTo(MemorySegment target, long offset) {
    MemorySegment.copy(values, 0, target, LITTLE_ENDIAN, offset, values.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Says the dimension only: values never reach a log. */
  @Override
  public String toString() {
    return "Embedding[" + values.length + "]";
  }
}
