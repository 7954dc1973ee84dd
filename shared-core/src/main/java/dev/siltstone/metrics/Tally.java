package dev.siltstone.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/** Totals in memory since it was made. */
public final class Tally implements Metrics {
  private final AtomicLongArray totals = new AtomicLongArray(Metric.values().length);

  @Override
  public void count(Metric metric, long amount) {
    totals.addAndGet(metric.ordinal(), amount);
  }

  public long total(Metric metric) {
    return totals.get(metric.ordinal());
  }
}
