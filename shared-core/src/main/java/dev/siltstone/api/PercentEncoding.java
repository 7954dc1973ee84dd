package dev.siltstone.api;

import dev.siltstone.failure.InvalidRequestException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding of one path segment (RFC 3986, section 2.1): bytes, then strictly UTF-8. A plus
 * sign is a plus sign.
 */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * The decoded text.
   *
   * @throws InvalidRequestException if an escape is incomplete or the text is not UTF-8
   */
  static String decode(String segment) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(segment)) {
      throw new InvalidRequestException("The request path is not Unicode text");
    }
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        decoded.write(hexByte(raw, i + 1));
        i += 2;
      } else {
        decoded.write(raw[i]);
      }
    }
    return strictUtf8(decoded.toByteArray());
  }

  private static int hexByte(byte[] raw, int at) {
    if (at + 1 >= raw.length) {
      throw invalid();
    }
    int high = Character.digit(raw[at], 16);
    int low = Character.digit(raw[at + 1], 16);
    if (high < 0 || low < 0) {
      throw invalid();
    }
    return high << 4 | low;
  }

  private static String strictUtf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidRequestException("Invalid UTF-8 in the request path", e);
    }
  }

  private static InvalidRequestException invalid() {
    return new InvalidRequestException("Invalid percent-encoding in the request path");
  }
}
