package dev.siltstone.segment.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A file in memory that notes every range read, as a remote one would be asked for. */
public final class MemorySource implements ByteSource {
  /** A read. */
  public record Range(long offset, int length) {}

  private final byte[] bytes;
  private final List<Range> reads = new ArrayList<>();
  private boolean closed;

  public MemorySource(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The reads since the last call. */
  public List<Range> takeReads() {
    List<Range> taken = List.copyOf(reads);
    reads.clear();
    return taken;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public ByteBuffer read(long offset, int length) {
    Objects.checkFromIndexSize(offset, length, size());
    reads.add(new Range(offset, length));
    return ByteBuffer.wrap(bytes)
        .slice((int) offset, length)
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void close() {
    closed = true;
  }
}
