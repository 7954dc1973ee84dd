package dev.siltstone.snapshot;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON objects that carry their own checksum: {@code {"format":…,"version":…,"sha256":…,} and then
 * the fields, which the checksum covers to the last byte.
 */
final class SealedJson {
  private static final Pattern SEAL =
      Pattern.compile(
          "\\{\"format\":\"([a-z-]+)\",\"version\":(\\d{1,9}),\"sha256\":\"([0-9a-f]{64})\",");
  private static final int LONGEST_SEAL = 256;

  private final String format;
  private final int version;

  /**
   * A kind of file.
   *
   * @param version the newest that is read, and the one that is written
   */
  SealedJson(String format, int version) {
    this.format = format;
    this.version = version;
  }

  /** Seals a JSON object that has at least one field. */
  byte[] seal(byte[] object) {
    byte[] fields = Arrays.copyOfRange(object, 1, object.length);
    byte[] seal =
        "{\"format\":\"%s\",\"version\":%d,\"sha256\":\"%s\","
            .formatted(format, version, Checksum.of(fields))
            .getBytes(StandardCharsets.US_ASCII);
    byte[] sealed = Arrays.copyOf(seal, seal.length + fields.length);
    System.arraycopy(fields, 0, sealed, seal.length, fields.length);
    return sealed;
  }

  /**
   * Checks a sealed object; it can be parsed as it is.
   *
   * @throws CorruptDataException if it is no such file, or its checksum does not match
   * @throws UnsupportedFormatException if it is of a newer version
   */
  void check(byte[] sealed, ObjectKey key) {
    String start =
        new String(sealed, 0, Math.min(sealed.length, LONGEST_SEAL), StandardCharsets.ISO_8859_1);
    Matcher seal = SEAL.matcher(start);
    if (!seal.lookingAt() || !seal.group(1).equals(format)) {
      throw new CorruptDataException("%s is no %s".formatted(key, format));
    }
    if (Integer.parseInt(seal.group(2)) > version) {
      throw new UnsupportedFormatException(
          "%s has version %s of %s, this code reads up to %d: upgrade"
              .formatted(key, seal.group(2), format, version));
    }
    Checksum found = Checksum.of(Arrays.copyOfRange(sealed, seal.end(), sealed.length));
    if (!found.hex().equals(seal.group(3))) {
      throw new CorruptDataException(
          "%s: expected SHA-256 %s, found %s".formatted(key, seal.group(3), found));
    }
  }
}
