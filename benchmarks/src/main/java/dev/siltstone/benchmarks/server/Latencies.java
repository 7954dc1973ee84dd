package dev.siltstone.benchmarks.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long answers took, and how many came in a second.
 *
 * @param sortedNanos of every request, sorted
 */
record Latencies(long[] sortedNanos, double perSecond) {
  double millis(double quantile) {
    return sortedNanos[(int) (quantile * (sortedNanos.length - 1))] / 1e6;
  }

  /** Sends all in turn over one connection. */
  static Latencies inTurn(KeepAliveClient client, List<byte[]> requests) {
    long begin = System.nanoTime();
    long[] nanos = new long[requests.size()];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      client.send(requests.get(i)).orThrow();
      nanos[i] = System.nanoTime() - start;
    }
    return of(nanos, System.nanoTime() - begin);
  }

  /** Sends the requests round and round over so many connections at once, for so long. */
  static Latencies during(URI server, int clients, double seconds, List<byte[]> requests)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    List<Callable<long[]>> loops = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int first = i;
      loops.add(() -> loop(server, end, requests, first));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      long[] all = new long[0];
      for (Future<long[]> loop : threads.invokeAll(loops)) {
        int before = all.length;
        all = Arrays.copyOf(all, before + loop.get().length);
        System.arraycopy(loop.get(), 0, all, before, loop.get().length);
      }
      return of(all, System.nanoTime() - begin);
    }
  }

  private static long[] loop(URI server, long end, List<byte[]> requests, int first) {
    long[] nanos = new long[1_024];
    int count = 0;
    try (KeepAliveClient client = new KeepAliveClient(server)) {
      for (long start = System.nanoTime(); start < end; count++) {
        client.send(requests.get((first + count) % requests.size())).orThrow();
        long now = System.nanoTime();
        nanos = count == nanos.length ? Arrays.copyOf(nanos, 2 * count) : nanos;
        nanos[count] = now - start;
        start = now;
      }
    }
    return Arrays.copyOf(nanos, count);
  }

  private static Latencies of(long[] nanos, long elapsed) {
    Arrays.sort(nanos);
    return new Latencies(nanos, nanos.length / (elapsed / 1e9));
  }
}
