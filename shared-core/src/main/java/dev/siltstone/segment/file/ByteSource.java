package dev.siltstone.segment.file;

import java.nio.ByteBuffer;

/**
 * The bytes of one immutable file, readable by range from many threads. A read of a mapped file
 * copies nothing; a read of a remote one is one request.
 */
public interface ByteSource extends AutoCloseable {
  /** Length of the file in bytes. */
  long size();

  /**
   * {@code length} bytes from {@code offset} as a little-endian, read-only buffer, valid until the
   * source is closed.
   *
   * @throws IndexOutOfBoundsException if the range does not lie within the file
   */
  ByteBuffer read(long offset, int length);

  /** For messages: a path or a key. */
  String name();

  @Override
  void close();
}
