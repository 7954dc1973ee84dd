package dev.siltstone.storage.directory;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reading parts of files. */
final class FileRange {
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

  /** Copies everything from {@code offset} on to the same place of {@code target}. */
  static long copyTail(Path file, long offset, Path target) throws IOException {
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long size = from.size();
      if (offset < 0 || offset > size || offset > to.size()) {
        throw new IllegalArgumentException(
            "offset %d: %s has %d bytes, %s has %d"
                .formatted(offset, file.getFileName(), size, target.getFileName(), to.size()));
      }
      to.truncate(offset).position(offset);
      for (long done = offset; done < size; ) {
        done += from.transferTo(done, size - done, to);
      }
      return size;
    }
  }
}
