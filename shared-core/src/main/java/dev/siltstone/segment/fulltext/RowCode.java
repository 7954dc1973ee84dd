package dev.siltstone.segment.fulltext;

import dev.siltstone.failure.CorruptDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Ascending rows as the gaps between them in Golomb–Rice code: a gap of g rows is ⌊g / 2^b⌋ zero
 * bits, a one, and b low bits, lowest bit first. b follows from how many rows of how many are
 * listed and makes that about the shortest code there is for rows that lie at random; a list never
 * takes more than b + 2.5 bits a row.
 */
final class RowCode {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Bytes that must be readable after the last of a list. */
  static final int PADDING = 16;

  private RowCode() {}

  /** b for {@code count} of {@code rows} rows. */
  static int lowBits(int count, int rows) {
    long typical = (rows - (long) count) * 69 / (100L * count);
    return typical == 0 ? 0 : 63 - Long.numberOfLeadingZeros(typical);
  }

  /** Encodes rows; the bytes are good until the next call. */
  static final class Encoder {
    private byte[] bytes = new byte[256];
    private int length;
    private long pending;
    private int pendingBits;

    /** Returns how many bytes of {@link #bytes} the list takes. */
    int encode(int[] list, int from, int to, int rows) {
      int lowBits = lowBits(to - from, rows);
      length = 0;
      pending = 0;
      pendingBits = 0;
      int before = -1;
      for (int i = from; i < to; i++) {
        int gap = list[i] - before - 1;
        before = list[i];
        for (int zeros = gap >>> lowBits; zeros > 0; zeros -= 32) {
          put(0, Math.min(32, zeros));
        }
        put(1L | (gap & (1L << lowBits) - 1) << 1, lowBits + 1);
      }
      put(0, -pendingBits & 7);
      return length;
    }

    byte[] bytes() {
      return bytes;
    }

    /** Appends up to 32 bits. */
    private void put(long bits, int count) {
      pending |= bits << pendingBits;
      pendingBits += count;
      while (pendingBits >= 8) {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) pending;
        pending >>>= 8;
        pendingBits -= 8;
      }
    }
  }

  /**
   * Decodes {@code count} of {@code rows} rows.
   *
   * @param bytes the list, and {@link #PADDING} more
   * @throws CorruptDataException if the bytes are no such list
   */
  static int[] decode(byte[] bytes, int count, int rows) {
    int lowBits = lowBits(count, rows);
    long mask = (1L << lowBits) - 1;
    long limit = (bytes.length - PADDING) * 8L;
    int[] list = new int[count];
    long at = 0;
    long row = -1;
    for (int i = 0; i < count; i++) {
      long word = wordAt(bytes, at);
      while (word == 0 && at < limit) {
        at += 56;
        row += 56L << lowBits;
        word = wordAt(bytes, at);
      }
      int zeros = Long.numberOfTrailingZeros(word);
      at += zeros + 1;
      row += 1 + ((long) zeros << lowBits) + (wordAt(bytes, at) & mask);
      at += lowBits;
      if (at > limit || row >= rows) {
        throw new CorruptDataException("a list of %d of %d rows is damaged".formatted(count, rows));
      }
      list[i] = (int) row;
    }
    return list;
  }

  /** At least 56 bits from a bit on, zeros above them. */
  private static long wordAt(byte[] bytes, long bit) {
    int index = (int) Math.min(bit >>> 3, bytes.length - Long.BYTES);
    return ((long) LONGS.get(bytes, index) >>> (bit & 7)) & (1L << 56) - 1;
  }
}
