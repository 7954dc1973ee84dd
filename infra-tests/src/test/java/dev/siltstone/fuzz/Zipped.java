package dev.siltstone.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Compressed bodies, good and bad. */
final class Zipped {
  private Zipped() {}

  static byte[] of(byte[] body) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  /** Blanks, which JSON allows anywhere. */
  static byte[] bomb(int bytes) {
    byte[] blanks = new byte[bytes];
    Arrays.fill(blanks, (byte) ' ');
    return of(blanks);
  }

  static byte[] damaged(byte[] body, Random random) {
    byte[] zipped = of(body);
    zipped[random.nextInt(zipped.length)] ^= (byte) (1 + random.nextInt(255));
    return random.nextBoolean() ? zipped : Arrays.copyOf(zipped, random.nextInt(zipped.length));
  }
}
