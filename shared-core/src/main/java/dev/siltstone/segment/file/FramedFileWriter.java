package dev.siltstone.segment.file;

import dev.siltstone.storage.Checksum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/**
 * Writes a framed file front to back: {@link #begin} a section, put its bytes, begin the next, at
 * last {@link #finish}. Checksums are taken on the way; memory is one buffer. Belongs to one
 * thread.
 */
public final class FramedFileWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ALIGNMENT = 8;
  private static final int MAX_SECTIONS = 32;

  private final FileKind kind;
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final MessageDigest digest = Checksum.newDigest();
  private final CRC32C sectionCrc = new CRC32C();
  private final ByteBuffer table =
      FrameTrailer.little(MAX_SECTIONS * FrameTrailer.TABLE_ENTRY_BYTES);
  private int sectionId = -1;
  private int sections;
  private long sectionStart;
  private long written;

  private FramedFileWriter(FileKind kind, FileChannel channel) {
    this.kind = kind;
    this.channel = channel;
    put(FrameTrailer.header(kind));
  }

  /**
   * Begins a new file.
   *
   * @throws UncheckedIOException if the path exists or cannot be written
   */
  public static FramedFileWriter create(FileKind kind, Path path) {
    try {
      return new FramedFileWriter(
          kind, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + path, e);
    }
  }

  /** Ends the section before, if any, and begins the next, with an id of the caller's choice. */
  public void begin(int id) {
    endSection();
    put(ByteBuffer.wrap(new byte[(int) -position() & (ALIGNMENT - 1)]));
    drain();
    sectionId = id;
    sectionStart = position();
    sectionCrc.reset();
  }

  /** Bytes put into the current section. */
  public long sectionLength() {
    return position() - sectionStart;
  }

  public void put(byte[] bytes) {
    put(ByteBuffer.wrap(bytes));
  }

  /** Puts what remains in {@code bytes}, which is left as it was. */
  public void put(ByteBuffer bytes) {
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), room(1));
      buffer.put(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
    }
  }

  public void putByte(int value) {
    room(1);
    buffer.put((byte) value);
  }

  public void putInt(int value) {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  public void putLong(long value) {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  /**
   * Ends the last section, writes table and trailer, forces the file to the disk and closes it.
   *
   * @return the checksum of the whole file
   */
  public FinishedFile finish() {
    endSection();
    put(ByteBuffer.wrap(new byte[(int) -position() & (ALIGNMENT - 1)]));
    table.flip();
    long length = position() + table.remaining() + FrameTrailer.TRAILER_BYTES;
    put(table);
    put(FrameTrailer.trailer(kind, table, sections, length));
    drain();
    try {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
    return new FinishedFile(length, Checksum.of(digest));
  }

  /** Gives up the file if it is not finished; does nothing after {@link #finish}. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endSection() {
    if (sectionId < 0) {
      return;
    }
    drain();
    table.putInt(sectionId).putInt((int) sectionCrc.getValue());
    table.putLong(sectionStart).putLong(sectionLength());
    sections++;
    sectionId = -1;
  }

  private long position() {
    return written + buffer.position();
  }

  /** Makes room for at least {@code bytes} and returns how much there is. */
  private int room(int bytes) {
    if (buffer.remaining() < bytes) {
      drain();
    }
    return buffer.remaining();
  }

  private void drain() {
    buffer.flip();
    digest.update(buffer.duplicate());
    sectionCrc.update(buffer.duplicate());
    written += buffer.remaining();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.clear();
  }
}
