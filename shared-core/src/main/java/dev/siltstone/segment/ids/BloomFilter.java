package dev.siltstone.segment.ids;

import java.nio.ByteBuffer;

/**
 * A set of ids that may say yes by mistake (about once in a hundred), never no. Reads its words in
 * place.
 */
final class BloomFilter {
  static final int PROBES = 7;
  private static final int BITS_PER_ID = 10;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final ByteBuffer words;
  private final int probes;
  private final long bits;

  BloomFilter(ByteBuffer words, int probes) {
    this.words = words;
    this.probes = probes;
    this.bits = (long) words.capacity() * Byte.SIZE;
  }

  static int wordsFor(int ids) {
    return Math.toIntExact(((long) ids * BITS_PER_ID + Long.SIZE - 1) / Long.SIZE);
  }

  /** Sets the bits of an id in a filter under construction. */
  static void add(long[] words, long hash) {
    long bits = (long) words.length * Long.SIZE;
    long step = step(hash);
    for (int i = 0; i < PROBES; i++) {
      long bit = Math.unsignedMultiplyHigh(hash + i * step, bits);
      words[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  boolean mayContain(long hash) {
    long step = step(hash);
    for (int i = 0; i < probes; i++) {
      long bit = Math.unsignedMultiplyHigh(hash + i * step, bits);
      if ((words.getLong((int) (bit >>> 6) << 3) >>> bit & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  static long hash(byte[] id) {
    return hash(id, 0, id.length);
  }

  static long hash(byte[] bytes, int from, int to) {
    long hash = FNV_OFFSET;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
    }
    return mix(hash);
  }

  private static long step(long hash) {
    return mix(hash) | 1;
  }

  /** MurmurHash3's fmix64. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
