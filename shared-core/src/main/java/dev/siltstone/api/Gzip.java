package dev.siltstone.api;

import dev.siltstone.failure.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Gzip as a content coding of answers and bodies. */
public final class Gzip {
  /** Below this, a packet more or less does not matter and compressing does. */
  public static final int WORTH_COMPRESSING = 4_096;

  private static final int BUFFER = 1 << 14;

  private Gzip() {}

  /** Whether a client with this {@code accept-encoding} takes gzip. */
  public static boolean isAccepted(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = coding.strip().split("\\s*;\\s*q=");
      boolean named = parts[0].equals("gzip") || parts[0].equals("*");
      if (named && (parts.length == 1 || !parts[1].matches("0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }

  /** The bytes compressed. */
  public static byte[] compress(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 3 + BUFFER);
    try (OutputStream out = new FastGzip(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return compressed.toByteArray();
  }

  /**
   * The bytes inflated, of which no more than one over the limit are ever held.
   *
   * @throws ApiException with status 413 if they are more than {@code maxBytes}
   * @throws InvalidRequestException if the bytes are not gzip
   */
  public static byte[] inflate(byte[] bytes, int maxBytes) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), BUFFER)) {
      byte[] inflated = in.readNBytes(maxBytes);
      if (in.read() >= 0) {
        throw ApiException.tooLarge(
            "The inflated body is over the limit of %d bytes: send smaller batches"
                .formatted(maxBytes));
      }
      return inflated;
    } catch (IOException e) {
      throw new InvalidRequestException("The gzip body is damaged", e);
    }
  }

  /** At the fastest level: answers are mostly digits, which the higher ones hardly shrink more. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
