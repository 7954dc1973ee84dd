package dev.siltstone.segment.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file mapped into memory. After {@link #close} every read, also through buffers handed out
 * before, throws {@link IllegalStateException}.
 */
public final class MappedSource implements ByteSource {
  private final Arena arena;
  private final MemorySegment bytes;
  private final Path path;

  private MappedSource(Arena arena, MemorySegment bytes, Path path) {
    this.arena = arena;
    this.bytes = bytes;
    this.path = path;
  }

  /**
   * Maps the file.
   *
   * @throws UncheckedIOException if it cannot be opened
   */
  public static MappedSource open(Path path) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new MappedSource(arena, bytes, path);
    } catch (IOException e) {
      arena.close();
      throw new UncheckedIOException("cannot map " + path, e);
    }
  }

  @Override
  public long size() {
    return bytes.byteSize();
  }

  @Override
  public ByteBuffer read(long offset, int length) {
    return bytes.asSlice(offset, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
