package dev.siltstone.segment.file;

import java.nio.ByteBuffer;

/** Byte strings compared as unsigned bytes; for UTF-8 that is the order of code points. */
public final class UnsignedBytes {
  private UnsignedBytes() {}

  /** Compares {@code length} bytes at {@code start} of {@code left} with {@code right}. */
  public static int compare(ByteBuffer left, int start, int length, byte[] right) {
    int common = Math.min(length, right.length);
    for (int i = 0; i < common; i++) {
      int difference = (left.get(start + i) & 0xff) - (right[i] & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return length - right.length;
  }
}
