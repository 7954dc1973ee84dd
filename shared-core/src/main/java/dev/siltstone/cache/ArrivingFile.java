package dev.siltstone.cache;

import dev.siltstone.segment.SegmentFile;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.Checksum;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A file on its way into the cache: its bytes go to the disk and into its checksum as they come, so
 * that it is verified when the last one has come. What is there of it already is taken as its
 * beginning, and read when the first new bytes have come: later ones are on their way meanwhile.
 *
 * <p>Nothing is forced to the disk. After a power cut a file may be there under its final name
 * without its bytes: it is compared with its checksum before it is opened, like every kept file.
 */
final class ArrivingFile implements ByteSink, AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final FileChannel file;
  private final MessageDigest digest = Checksum.newDigest();
  private final long begins;
  private long digested;
  private long length;

  private ArrivingFile(FileChannel file, long begins) {
    this.file = file;
    this.begins = begins;
    this.length = begins;
  }

  /** The file whose beginning may be at {@code part}; at most so many bytes of it are believed. */
  static ArrivingFile at(Path part, long mostBytes) throws IOException {
    FileChannel file =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      file.truncate(mostBytes);
      return new ArrivingFile(file, file.size());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Bytes that were there before. */
  long begins() {
    return begins;
  }

  /** Bytes so far. */
  long length() {
    return length;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    digestBeginning();
    digest.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      length += file.write(bytes, length);
    }
  }

  /** Whether these are the file's bytes; to be asked once, at the end. */
  boolean matches(SegmentFile expected) throws IOException {
    digestBeginning();
    return length == expected.bytes() && Checksum.of(digest).equals(expected.checksum());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void digestBeginning() throws IOException {
    if (digested == begins) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (digested < begins) {
      int read = file.read(buffer.clear(), digested);
      if (read < 0) {
        throw new EOFException("what has arrived became shorter");
      }
      digest.update(buffer.flip());
      digested += read;
    }
  }
}
