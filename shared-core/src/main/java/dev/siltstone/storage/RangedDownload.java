package dev.siltstone.storage;

import dev.siltstone.cost.CarryingExecutor;
import dev.siltstone.failure.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads an object of a far store by ranges. Several are under way at once, on threads of their own,
 * but they are handed on in order by the thread that runs this: whenever it ends, however it ends,
 * the sink has a prefix of what was asked for. Memory: {@link #PARALLEL} times {@link #PART_BYTES},
 * all downloads together no more than their {@link DownloadRoom} has, and for each the part that is
 * being handed on.
 */
public final class RangedDownload {
  public static final int PART_BYTES = 8 << 20;
  static final int PARALLEL = 4;

  private final DownloadRoom room;
  private final Source source;
  private final ObjectKey key;
  private final ByteSink sink;
  private final Deque<Asked> underWay = new ArrayDeque<>();

  /**
   * A range as it arrived.
   *
   * @param objectBytes size of the whole object
   */
  public record Part(byte[] bytes, long objectBytes) {}

  /** A range on its way, and the room that is kept for it. */
  private record Asked(Future<Part> part, int room) {}

  /** Reads a range, which may reach beyond the object's end. */
  @FunctionalInterface
  public interface Source {
    Part read(ObjectKey key, long offset, int length);
  }

  public RangedDownload(DownloadRoom room, Source source, ObjectKey key, ByteSink sink) {
    this.room = room;
    this.source = source;
    this.key = key;
    this.sink = sink;
  }

  /**
   * Downloads from {@code offset} and returns the object's size.
   *
   * @param expectedBytes that size as far as it is known: so far parts need not wait for the first
   */
  public long run(long offset, long expectedBytes) {
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
    long asked = askAhead(threads, askOne(threads, offset, expectedBytes), expectedBytes);
    Part part = next();
    long end = part.objectBytes();
    if (offset > end) {
      throw new IllegalArgumentException(
          "object %s has %d bytes, none at %d".formatted(key, end, offset));
    }
    long handedOn = offset;
    while (handedOn < end) {
      asked = askAhead(threads, asked, end);
      handedOn += handOn(part);
      if (handedOn < end) {
        if (underWay.isEmpty() && asked < end) {
          asked = askOne(threads, asked, end);
        }
        part = next();
      }
    }
    return end;
  }

  /** Asks for one part, whatever is known of the end; waits for its room while holding none. */
  private long askOne(ExecutorService threads, long from, long end) {
    int bytes = partBytes(from, end);
    room.take(bytes, true);
    return asked(threads, from, bytes);
  }

  /**
   * Asks for the parts from {@code from} on, as many as may be under way and have room now. Returns
   * where the next one begins.
   */
  private long askAhead(ExecutorService threads, long from, long end) {
    long next = from;
    while (next < end && underWay.size() < PARALLEL && room.take(partBytes(next, end), false)) {
      next = asked(threads, next, partBytes(next, end));
    }
    return next;
  }

  private static int partBytes(long from, long end) {
    return end > from ? (int) Math.min(PART_BYTES, end - from) : PART_BYTES;
  }

  private long asked(ExecutorService threads, long from, int bytes) {
    underWay.add(new Asked(threads.submit(() -> source.read(key, from, PART_BYTES)), bytes));
    return from + PART_BYTES;
  }

  private Part next() {
    Asked asked = underWay.poll();
    if (asked == null) {
      throw new UnavailableException("a range of " + key + " arrived short", null);
    }
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

  private int handOn(Part part) {
    try {
      sink.write(ByteBuffer.wrap(part.bytes()));
      return part.bytes().length;
    } catch (IOException e) {
      throw new UnavailableException("keeping what has arrived of " + key + " failed", e);
    }
  }
}
