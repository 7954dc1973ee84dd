package dev.siltstone.record;

import java.util.regex.Pattern;

/**
 * The sum, modulo 2^128, of the checksums of a set of records: independent of their order and kept
 * up by adding what appears and subtracting what disappears. Equal sums mean the same records, but
 * for an accident of about 2^-128; it is no defence against somebody who forges records.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record ContentChecksum(long high, long low) {
  /** Of no records at all. */
  public static final ContentChecksum EMPTY = new ContentChecksum(0, 0);

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is anything but 32 lower-case hexadecimal digits
   */
  public static ContentChecksum parse(String hex) {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a content checksum: " + hex);
    }
    return new ContentChecksum(
        Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
  }

  public ContentChecksum plus(RecordChecksum appeared) {
    return plus(appeared.high(), appeared.low());
  }

  /**
   * Of both sets together, which must have no record in common; or of a set after a change, whose
   * checksum is what appeared minus what disappeared.
   */
  public ContentChecksum plus(ContentChecksum other) {
    return plus(other.high, other.low);
  }

  public ContentChecksum minus(RecordChecksum disappeared) {
    long difference = low - disappeared.low();
    long borrow = Long.compareUnsigned(low, disappeared.low()) < 0 ? 1 : 0;
    return new ContentChecksum(high - disappeared.high() - borrow, difference);
  }

  private ContentChecksum plus(long otherHigh, long otherLow) {
    long sum = low + otherLow;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new ContentChecksum(high + otherHigh + carry, sum);
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
