package dev.siltstone.storage.aws;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.ObjectKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Copies an object into a file by ranges. Several ranges are under way at once, but they are
 * written in order: whenever this ends, however it ends, the file is a prefix of the object, from
 * whose length a later download can go on. Memory: {@link #PARALLEL} times {@link #PART_BYTES}.
 */
final class S3Download {
  static final int PART_BYTES = 8 << 20;
  static final int PARALLEL = 4;

  private final AwsCalls calls;
  private final Source source;
  private final ObjectKey key;
  private final Path target;

  /**
   * A range as it arrived.
   *
   * @param objectBytes size of the whole object
   */
  record Part(byte[] bytes, long objectBytes) {}

  /** Reads a range, which may reach beyond the object's end. */
  @FunctionalInterface
  interface Source {
    Part read(ObjectKey key, long offset, int length);
  }

  S3Download(AwsCalls calls, Source source, ObjectKey key, Path target) {
    this.calls = calls;
    this.source = source;
    this.key = key;
    this.target = target;
  }

  /** Downloads from {@code offset} and returns the object's size. */
  long run(long offset) {
    Part first = fetch(offset);
    if (offset > first.objectBytes()) {
      throw new IllegalArgumentException(
          "object %s has %d bytes, none at %d".formatted(key, first.objectBytes(), offset));
    }
    try (FileChannel file = open(offset)) {
      write(file, first, offset);
      fetchRest(file, offset + first.bytes().length, first.objectBytes());
      return first.objectBytes();
    } catch (IOException e) {
      throw new UnavailableException("writing " + target + " failed", e);
    }
  }

  private FileChannel open(long offset) throws IOException {
    FileChannel file =
        offset == 0
            ? FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
            : FileChannel.open(target, StandardOpenOption.WRITE);
    if (file.size() < offset) {
      file.close();
      throw new IllegalArgumentException(target + " is shorter than " + offset);
    }
    return file.truncate(offset);
  }

  private void fetchRest(FileChannel file, long from, long end) throws IOException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Deque<Future<Part>> underWay = new ArrayDeque<>();
      long asked = from;
      long written = from;
      try {
        while (written < end) {
          while (asked < end && underWay.size() < PARALLEL) {
            long offset = asked;
            underWay.add(threads.submit(() -> fetch(offset)));
            asked += PART_BYTES;
          }
          Part part = await(underWay.remove());
          write(file, part, written);
          written += part.bytes().length;
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private Part fetch(long offset) {
    return calls.read("reading " + key, () -> source.read(key, offset, PART_BYTES));
  }

  private Part await(Future<Part> part) {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while reading " + key, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void write(FileChannel file, Part part, long offset) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(part.bytes());
    while (bytes.hasRemaining()) {
      file.write(bytes, offset + bytes.position());
    }
  }
}
