package dev.siltstone.storage.aws;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.cost.CarryingExecutor;
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
 * whose length a later download can go on. Memory: {@link #PARALLEL} times {@link #PART_BYTES}, and
 * all downloads together no more than their {@link DownloadRoom} has.
 */
final class S3Download {
  static final int PART_BYTES = 8 << 20;
  static final int PARALLEL = 4;

  private final AwsCalls calls;
  private final DownloadRoom room;
  private final Source source;
  private final ObjectKey key;
  private final Path target;
  private final Deque<Asked> underWay = new ArrayDeque<>();

  /**
   * A range as it arrived.
   *
   * @param objectBytes size of the whole object
   */
  record Part(byte[] bytes, long objectBytes) {}

  /** A range on its way, and the room that is kept for it. */
  private record Asked(Future<Part> part, int room) {}

  /** Reads a range, which may reach beyond the object's end. */
  @FunctionalInterface
  interface Source {
    Part read(ObjectKey key, long offset, int length);
  }

  S3Download(AwsCalls calls, DownloadRoom room, Source source, ObjectKey key, Path target) {
    this.calls = calls;
    this.room = room;
    this.source = source;
    this.key = key;
    this.target = target;
  }

  /**
   * Downloads from {@code offset} and returns the object's size.
   *
   * @param expectedBytes that size as far as it is known: so far parts need not wait for the first
   */
  long run(long offset, long expectedBytes) {
    try (ExecutorService threads =
        new CarryingExecutor(Executors.newVirtualThreadPerTaskExecutor())) {
      try {
        return run(threads, offset, expectedBytes);
      } finally {
        threads.shutdownNow();
        underWay.forEach(asked -> room.giveBack(asked.room()));
      }
    }
  }

  private long run(ExecutorService threads, long offset, long expectedBytes) {
    long asked = ask(threads, offset, expectedBytes);
    Part part = next();
    long end = part.objectBytes();
    if (offset > end) {
      throw new IllegalArgumentException(
          "object %s has %d bytes, none at %d".formatted(key, end, offset));
    }
    try (FileChannel file = open(offset)) {
      long written = offset + write(file, part, offset);
      while (written < end) {
        asked = ask(threads, asked, end);
        written += write(file, next(), written);
      }
      return end;
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

  /**
   * Asks for the parts from {@code from} on, as many as may be under way; for one in any case if
   * none is. Returns where the next one begins.
   */
  private long ask(ExecutorService threads, long from, long end) {
    long next = from;
    while (underWay.isEmpty() || (next < end && underWay.size() < PARALLEL)) {
      int bytes = end > next ? (int) Math.min(PART_BYTES, end - next) : PART_BYTES;
      if (!room.take(bytes, underWay.isEmpty())) {
        break;
      }
      long offset = next;
      underWay.add(new Asked(threads.submit(() -> fetch(offset)), bytes));
      next += PART_BYTES;
    }
    return next;
  }

  private Part fetch(long offset) {
    return calls.read("reading " + key, () -> source.read(key, offset, PART_BYTES));
  }

  private Part next() {
    Asked asked = underWay.remove();
    try {
      return asked.part().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while reading " + key, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      room.giveBack(asked.room());
    }
  }

  private static int write(FileChannel file, Part part, long offset) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(part.bytes());
    while (bytes.hasRemaining()) {
      file.write(bytes, offset + bytes.position());
    }
    return part.bytes().length;
  }
}
