package dev.siltstone.segment.fulltext;

import java.util.Arrays;

/** Bytes that grow, filled with numbers of seven bits a byte, the lowest first. */
final class VarBytes {
  private byte[] bytes = new byte[256];
  private int length;

  /** Appends a number, unsigned. */
  void put(long value) {
    if (bytes.length - length < 10) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  int length() {
    return length;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    length = 0;
  }
}
