package dev.siltstone.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects what an invocation measures, and hands it over as a whole when the invocation ends. One
 * that measured nothing hands over nothing.
 */
public final class InvocationMetrics implements Metrics {
  private final Consumer<Map<Metric, List<Double>>> publisher;
  private final Map<Metric, List<Double>> held = new EnumMap<>(Metric.class);

  /**
   * @param publisher takes the values of each metric: one where an invocation adds them up
   */
  public InvocationMetrics(Consumer<Map<Metric, List<Double>>> publisher) {
    this.publisher = publisher;
  }

  /** A value that is no number is left out: nobody could store it. */
  @Override
  public synchronized void record(Metric metric, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    List<Double> values = held.computeIfAbsent(metric, _ -> new ArrayList<>());
    if (metric.isSummed() && !values.isEmpty()) {
      values.set(0, values.getFirst() + value);
    } else {
      values.add(value);
    }
  }

  /** Hands over each value when it is measured, for what an end that never comes must not lose. */
  public Metrics atOnce() {
    return (metric, value) -> publisher.accept(Map.of(metric, List.of(value)));
  }

  /** Hands over what has been measured since the last time, if anything. */
  public synchronized void publish() {
    if (!held.isEmpty()) {
      Map<Metric, List<Double>> measured = new EnumMap<>(held);
      held.clear();
      publisher.accept(measured);
    }
  }
}
