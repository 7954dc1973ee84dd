package dev.siltstone.metrics;

/** Takes measurements; called by many threads, never fails. */
@FunctionalInterface
public interface Metrics {
  /** The namespace of all metrics. */
  String NAMESPACE = "Siltstone";

  /** A dimension of all; its value is the function's short name. */
  String FUNCTION = "Function";

  /** The other dimension; its value is the store's name. */
  String STORE = "Store";

  /** Forgets them. */
  Metrics NONE = (metric, value) -> {};

  /**
   * One measurement.
   *
   * @param value in the metric's unit
   */
  void record(Metric metric, double value);

  /** One measurement that is a whole number. */
  default void record(Metric metric, long value) {
    record(metric, (double) value);
  }
}
