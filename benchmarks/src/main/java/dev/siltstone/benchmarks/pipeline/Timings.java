package dev.siltstone.benchmarks.pipeline;

import java.util.Arrays;

/** How long each of some calls took. */
record Timings(long[] sortedNanos) {
  private static final int WARM_UP_SHARE = 5;

  /** Calls {@code action} so many times, after a warm-up of a fifth as many. */
  static Timings of(int calls, Runnable action) {
    for (int i = 0; i < calls / WARM_UP_SHARE; i++) {
      action.run();
    }
    long[] nanos = new long[calls];
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      action.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return new Timings(nanos);
  }

  void print(String what) {
    System.out.printf(
        "%-56s p50 %8.3f ms   p95 %8.3f ms   p99 %8.3f ms%n",
        what, millis(0.50), millis(0.95), millis(0.99));
  }

  double medianMillis() {
    return millis(0.50);
  }

  private double millis(double quantile) {
    return sortedNanos[(int) (quantile * (sortedNanos.length - 1))] / 1e6;
  }
}
