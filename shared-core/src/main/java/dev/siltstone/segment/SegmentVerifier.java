package dev.siltstone.segment;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.storage.Checksum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Compares files with what a manifest says they are; reads every byte. */
public final class SegmentVerifier {
  private static final int BUFFER_BYTES = 1 << 18;

  private SegmentVerifier() {}

  /**
   * Checks one file's length and SHA-256.
   *
   * @throws CorruptDataException if one differs
   * @throws UncheckedIOException if the file cannot be read
   */
  public static void verify(SegmentFile expected, Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() != expected.bytes()) {
        throw new CorruptDataException(
            "%s has %d bytes; expected %d".formatted(path, channel.size(), expected.bytes()));
      }
      Checksum found = digest(channel);
      if (!found.equals(expected.checksum())) {
        throw new CorruptDataException(
            "%s has checksum %s; expected %s".formatted(path, found, expected.checksum()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot verify " + path, e);
    }
  }

  static Checksum digest(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return digest(channel);
    }
  }

  private static Checksum digest(FileChannel channel) throws IOException {
    MessageDigest digest = Checksum.newDigest();
    ByteBuffer buffer =
        ByteBuffer.allocateDirect((int) Math.clamp(channel.size(), 1, BUFFER_BYTES));
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return Checksum.of(digest);
  }
}
