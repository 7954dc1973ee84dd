package dev.siltstone.api.json;

import dev.siltstone.failure.InvalidRequestException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The JSON parser is lenient about overlong and surrogate sequences; a body must not have any. */
final class Utf8 {
  private static final int CHUNK = 8_192;

  private Utf8() {}

  /**
   * Refuses bytes that are not strictly UTF-8.
   *
   * @throws InvalidRequestException naming the first bad line and column
   */
  static void check(byte[] body) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(body);
    CharBuffer out = CharBuffer.allocate(CHUNK);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new InvalidRequestException(
          "Failed to parse the request body as JSON: invalid unicode code point at byte "
              + in.position());
    }
  }
}
