package dev.siltstone.storage.directory;

import dev.siltstone.storage.ByteSink;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reading parts of files. */
final class FileRange {
  private static final int PIECE_BYTES = 1 << 20;

  private FileRange() {}

  static byte[] read(Path file, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (offset < 0 || length < 0 || offset > channel.size() - length) {
        throw new IllegalArgumentException(
            "range %d+%d of %s, which has %d bytes"
                .formatted(offset, length, file.getFileName(), channel.size()));
      }
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException(file + " has become shorter");
        }
      }
      return buffer.array();
    }
  }

  /** Hands everything from {@code offset} on to {@code sink}; returns the file's size. */
  static long readTail(Path file, long offset, ByteSink sink) throws IOException {
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = from.size();
      if (offset < 0 || offset > size) {
        throw new IllegalArgumentException(
            "offset %d: %s has %d bytes".formatted(offset, file.getFileName(), size));
      }
      for (long done = offset; done < size; ) {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, size - done));
        if (from.read(piece, done) < 0) {
          throw new EOFException(file + " has become shorter");
        }
        done += piece.position();
        sink.write(piece.flip());
      }
      return size;
    }
  }
}
