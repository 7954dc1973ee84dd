package dev.siltstone.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.siltstone.api.ApiException;
import dev.siltstone.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON written to memory, given up as soon as it is over a limit. */
public final class BoundedBytes extends ByteArrayOutputStream {
  private final int maxBytes;
  private final String advice;

  private BoundedBytes(int maxBytes, String advice) {
    this.maxBytes = maxBytes;
    this.advice = advice;
  }

  /**
   * The JSON as UTF-8.
   *
   * @throws ApiException with status 413 and {@code advice} if it is over the limit
   */
  public static byte[] of(int maxBytes, Json.Writing writing, String advice) {
    BoundedBytes bytes = new BoundedBytes(maxBytes, advice);
    try {
      JsonGenerator out = Json.FACTORY.createGenerator(bytes);
      writing.to(out);
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void write(int b) {
    check(1);
    super.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    check(length);
    super.write(bytes, offset, length);
  }

  private void check(int more) {
    if (size() + (long) more > maxBytes) {
      throw ApiException.tooLarge(advice);
    }
  }
}
