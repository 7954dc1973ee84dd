package dev.siltstone.metrics;

import java.util.EnumMap;
import java.util.Map;

/** Totals in memory since it was made. */
public final class Tally implements Metrics {
  private final Map<Metric, Double> totals = new EnumMap<>(Metric.class);

  @Override
  public synchronized void record(Metric metric, double value) {
    totals.merge(metric, value, Double::sum);
  }

  /** The sum of everything recorded, rounded. */
  public synchronized long total(Metric metric) {
    return Math.round(totals.getOrDefault(metric, 0.0));
  }
}
