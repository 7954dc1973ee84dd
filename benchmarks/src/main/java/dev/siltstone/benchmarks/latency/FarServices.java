package dev.siltstone.benchmarks.latency;

import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.DownloadRoom;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.RangedDownload;
import dev.siltstone.storage.StoredObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The embedded services as if they were an account's: each call waits as long as {@link Delay}
 * says, seeded, and bytes share one link. Notes when each call began and ended: from that, how many
 * rounds there were one after the other.
 */
final class FarServices {
  private static final Set<String> TABLE_READS =
      Set.of("read", "readHead", "readAfter", "readPlace", "collection", "list", "backlogAfter");
  private static final int CHUNK = 256 << 10;

  private final SplittableRandom random;
  private final double bytesPerSecond;
  private final DownloadRoom room = new DownloadRoom();
  private final List<Call> calls = new ArrayList<>();
  private long linkFreeAt = System.nanoTime();
  private long bytes;

  private record Call(long began, long ended) {}

  /** What was called since the last time. */
  record Used(int calls, int rounds, long bytes) {}

  FarServices(long seed, double bytesPerSecond) {
    this.random = new SplittableRandom(seed);
    this.bytesPerSecond = bytesPerSecond;
  }

  /** A seam whose service is far. */
  <T> T far(Class<T> seam, T service) {
    return seam.cast(
        Proxy.newProxyInstance(
            seam.getClassLoader(),
            new Class<?>[] {seam},
            (_, method, arguments) -> call(seam, service, method, arguments)));
  }

  /** Calls, rounds and bytes since this was last asked. */
  synchronized Used used() {
    int rounds = 0;
    List<Call> ordered =
        calls.stream().sorted((a, b) -> Long.compare(a.began(), b.began())).toList();
    int[] depth = new int[ordered.size()];
    for (int i = 0; i < ordered.size(); i++) {
      depth[i] = 1;
      for (int j = 0; j < i; j++) {
        if (ordered.get(j).ended() <= ordered.get(i).began()) {
          depth[i] = Math.max(depth[i], depth[j] + 1);
        }
      }
      rounds = Math.max(rounds, depth[i]);
    }
    Used used = new Used(calls.size(), rounds, bytes);
    calls.clear();
    bytes = 0;
    return used;
  }

  private Object call(Class<?> seam, Object service, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("localPath")) {
      return Optional.empty();
    }
    long began = System.nanoTime();
    waitUntil(began + delay(seam, method));
    Object answer =
        method.getName().equals("download")
            ? download((ObjectStore) service, arguments)
            : invoke(service, method, arguments);
    if (service instanceof ObjectStore) {
      waitForBytes(method, arguments, answer);
    }
    note(new Call(began, System.nanoTime()));
    return answer;
  }

  private static Object invoke(Object service, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(service, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /**
   * By parts, as from S3. It asks for them ahead, so that it waits once for a first byte, which is
   * counted as one call.
   */
  private long download(ObjectStore store, Object[] arguments) {
    long expected = (long) arguments[2];
    RangedDownload.Source parts =
        (key, offset, length) -> {
          int there = (int) Math.min(length, expected - offset);
          transfer(there);
          return new RangedDownload.Part(store.getRange(key, offset, there), expected);
        };
    return new RangedDownload(room, parts, (ObjectKey) arguments[0], (ByteSink) arguments[3])
        .run((long) arguments[1], expected);
  }

  private void waitForBytes(Method method, Object[] arguments, Object answer) {
    switch (method.getName()) {
      case "get" -> {
        if (answer instanceof Optional<?> found
            && found.isPresent()
            && found.get() instanceof StoredObject object) {
          transfer(object.bytes().length);
        }
      }
      case "getRange" -> transfer((int) arguments[2]);
      default -> {}
    }
  }

  private void transfer(long length) {
    for (long left = length; left > 0; left -= CHUNK) {
      waitUntil(book(Math.min(left, CHUNK)));
    }
  }

  /** When so many bytes have come over the link, behind all that were booked before. */
  private synchronized long book(long length) {
    bytes += length;
    linkFreeAt = Math.max(linkFreeAt, System.nanoTime()) + (long) (length / bytesPerSecond * 1e9);
    return linkFreeAt;
  }

  private synchronized long delay(Class<?> seam, Method method) {
    Delay delay =
        switch (seam.getSimpleName()) {
          case "ObjectStore" ->
              method.getName().startsWith("put") ? Delay.OBJECT_WRITE : Delay.OBJECT_READ;
          case "NoticeQueue" -> Delay.QUEUE;
          default -> TABLE_READS.contains(method.getName()) ? Delay.TABLE_READ : Delay.TABLE_WRITE;
        };
    return delay.nanos(random);
  }

  private synchronized void note(Call call) {
    calls.add(call);
  }

  private static void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
