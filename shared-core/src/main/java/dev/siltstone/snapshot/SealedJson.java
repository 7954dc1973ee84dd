package dev.siltstone.snapshot;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.json.Json;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON objects that carry their own checksum: {@code {"format":…,"version":…,"sha256":…,} and then
 * the fields. The checksum covers the whole file but for its own 64 digits, in every version.
 */
final class SealedJson {
  private static final Pattern SEAL =
      Pattern.compile(
          "(\\{\"format\":\"([a-z-]{1,64})\",\"version\":(\\d{1,9}),\"sha256\":\")([0-9a-f]{64})\",");
  private static final int LONGEST_SEAL = 256;
  private static final List<String> SEAL_FIELDS = List.of("format", "version", "sha256");
  private static final ObjectMapper MAPPER =
      new ObjectMapper(Json.FACTORY)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
    byte[] start =
        "{\"format\":\"%s\",\"version\":%d,\"sha256\":\""
            .formatted(format, version)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] rest = object.clone();
    rest[0] = ',';
    byte[] quoteAndRest = joined("\"".getBytes(StandardCharsets.US_ASCII), rest);
    byte[] digits = checksum(start, quoteAndRest).hex().getBytes(StandardCharsets.US_ASCII);
    return joined(joined(start, digits), quoteAndRest);
  }

  /**
   * Checks a sealed object and reads its fields.
   *
   * @param read takes every field but the seal's own; reports what does not fit as an {@link
   *     IllegalArgumentException}
   * @throws CorruptDataException if it is no such file, or is damaged
   * @throws UnsupportedFormatException if it is undamaged and of a newer version
   */
  <T> T open(byte[] sealed, ObjectKey key, Function<JsonFields, T> read) {
    check(sealed, key);
    try {
      ObjectNode object = (ObjectNode) MAPPER.readTree(sealed);
      return JsonFields.whole(object.remove(SEAL_FIELDS), read);
    } catch (IOException
        | IllegalArgumentException
        | InvalidRequestException
        | DateTimeException e) {
      throw new CorruptDataException(
          "%s has the right checksum and the wrong fields: %s".formatted(key, e.getMessage()), e);
    }
  }

  private void check(byte[] sealed, ObjectKey key) {
    String start =
        new String(sealed, 0, Math.min(sealed.length, LONGEST_SEAL), StandardCharsets.ISO_8859_1);
    Matcher seal = SEAL.matcher(start);
    if (!seal.lookingAt() || !seal.group(2).equals(format)) {
      throw new CorruptDataException("%s is no %s".formatted(key, format));
    }
    Checksum found =
        checksum(
            Arrays.copyOf(sealed, seal.end(1)),
            Arrays.copyOfRange(sealed, seal.end(4), sealed.length));
    if (!found.hex().equals(seal.group(4))) {
      throw new CorruptDataException(
          "%s: expected SHA-256 %s, found %s".formatted(key, seal.group(4), found));
    }
    checkVersion(Integer.parseInt(seal.group(3)), key);
  }

  private void checkVersion(int found, ObjectKey key) {
    if (found > version) {
      throw new UnsupportedFormatException(
          "%s has version %d of %s, this code reads up to %d: upgrade"
              .formatted(key, found, format, version));
    }
    if (found < 1) {
      throw new CorruptDataException("%s has version %d of %s".formatted(key, found, format));
    }
  }

  private static Checksum checksum(byte[] beforeDigits, byte[] behindDigits) {
    MessageDigest digest = Checksum.newDigest();
    digest.update(beforeDigits);
    digest.update(behindDigits);
    return Checksum.of(digest);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] result = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, result, first.length, second.length);
    return result;
  }
}
