package dev.siltstone.cost;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Calls to services by kind, bytes they returned, and time by stage, of one request. The static
 * methods count for the request that the calling thread works for, if that is measured, else for
 * nobody. What several requests wait for together counts for the one that began it.
 */
public final class RequestCost {
  private static final ScopedValue<RequestCost> CURRENT = ScopedValue.newInstance();

  private final LongSupplier nanoTime;
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final Map<Stage, LongAdder> nanos = new ConcurrentHashMap<>();
  private final LongAdder bytes = new LongAdder();

  /**
   * Nothing yet.
   *
   * @param nanoTime a monotonic reading in nanoseconds
   */
  public RequestCost(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts one call of a service, such as {@code S3.GetObject}. */
  public static void call(String kind) {
    if (CURRENT.isBound()) {
      CURRENT.get().calls.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    }
  }

  /** Counts bytes that a service returned. */
  public static void fetched(long bytes) {
    if (CURRENT.isBound()) {
      CURRENT.get().bytes.add(bytes);
    }
  }

  /** Does a part of the work, whose time counts for its stage. */
  public static <T> T during(Stage stage, Supplier<T> work) {
    return CURRENT.isBound() ? CURRENT.get().timed(stage, work) : work.get();
  }

  /** The work, for the request that the calling thread works for, whichever thread runs it. */
  public static Runnable carried(Runnable work) {
    if (!CURRENT.isBound()) {
      return work;
    }
    RequestCost cost = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, cost).run(work);
  }

  /** Does the work of a request, which is counted here. */
  public <T> T of(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  private <T> T timed(Stage stage, Supplier<T> work) {
    long start = nanoTime.getAsLong();
    try {
      return work.get();
    } finally {
      nanos.computeIfAbsent(stage, _ -> new LongAdder()).add(nanoTime.getAsLong() - start);
    }
  }

  /** How often which service was called. */
  public SortedMap<String, Long> calls() {
    SortedMap<String, Long> sums = new TreeMap<>();
    calls.forEach((kind, count) -> sums.put(kind, count.sum()));
    return sums;
  }

  /** Nanoseconds of each stage that there was. */
  public SortedMap<Stage, Long> nanos() {
    SortedMap<Stage, Long> sums = new TreeMap<>();
    nanos.forEach((stage, sum) -> sums.put(stage, sum.sum()));
    return sums;
  }

  /** Bytes that services returned. */
  public long bytes() {
    return bytes.sum();
  }
}
