package dev.siltstone.metrics;

/** Counts; called by many threads, never fails. */
@FunctionalInterface
public interface Metrics {
  /** Counts nothing. */
  Metrics NONE = (metric, amount) -> {};

  void count(Metric metric, long amount);
}
