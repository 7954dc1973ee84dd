package dev.siltstone.segment.ids;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The order of ids in the file: their UTF-8 bytes, unsigned, which is the order of code points. */
final class IdBytes {
  private IdBytes() {}

  static int compare(ByteBuffer left, int start, int length, byte[] right) {
    int common = Math.min(length, right.length);
    for (int i = 0; i < common; i++) {
      int difference = (left.get(start + i) & 0xff) - (right[i] & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return length - right.length;
  }

  /** How many bytes of {@code id} set it apart from {@code before}, which is smaller. */
  static int separatorLength(byte[] before, byte[] id) {
    int mismatch = Arrays.mismatch(before, id);
    return mismatch + 1;
  }
}
