package dev.siltstone.segment.filters;

import dev.siltstone.record.Utf8;
import dev.siltstone.storage.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A string as the index holds it; the package page says how long ones are shortened. */
final class StringKey {
  private static final int LONGEST_WHOLE = 127;
  private static final int PREFIX = 96;
  private static final int DIGEST = 32;

  private StringKey() {}

  static byte[] of(String text) {
    return shortened(Utf8.encode(text));
  }

  /** For lookups, where any text may come: one that no record can have finds nothing. */
  static byte[] lookedUp(String text) {
    return shortened(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] shortened(byte[] utf8) {
    if (utf8.length <= LONGEST_WHOLE) {
      return utf8;
    }
    byte[] key = Arrays.copyOf(utf8, PREFIX + DIGEST);
    System.arraycopy(Checksum.newDigest().digest(utf8), 0, key, PREFIX, DIGEST);
    return key;
  }
}
