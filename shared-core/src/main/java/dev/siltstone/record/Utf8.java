package dev.siltstone.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text as bytes, in files and checksums. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Encodes text so that decoding gives it back.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate, which UTF-8 cannot express;
   *     two different ids must not become one
   */
  public static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!text.equals(new String(bytes, StandardCharsets.UTF_8))) {
      throw new IllegalArgumentException("text with an unpaired surrogate");
    }
    return bytes;
  }

  /** Decodes {@code length} bytes at {@code offset}; the buffer's position stays. */
  public static String decode(ByteBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.get(offset, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
