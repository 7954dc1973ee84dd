package dev.siltstone.metrics;

import dev.siltstone.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Collects what an invocation measures and writes it as one line of CloudWatch's embedded metric
 * format, which the log service turns into metrics without a call of ours (CloudWatch user guide,
 * embedded metric format specification). An invocation that measured nothing writes nothing.
 */
public final class EmbeddedMetricFormat implements Metrics {
  /** The namespace of all metrics. */
  public static final String NAMESPACE = "Siltstone";

  /** The only dimension; its value is the function's short name. */
  public static final String DIMENSION = "Function";

  /** The format's limit. */
  private static final int MOST_VALUES = 100;

  private final String function;
  private final Clock clock;
  private final Consumer<String> log;
  private final Map<Metric, List<Double>> held = new EnumMap<>(Metric.class);

  /**
   * @param function the dimension's value: letters, digits, {@code - _ .}
   * @param log takes one line at a time
   */
  public EmbeddedMetricFormat(String function, Clock clock, Consumer<String> log) {
    if (!function.matches("[A-Za-z0-9._-]{1,255}")) {
      throw new IllegalArgumentException("not a function's name: " + function);
    }
    this.function = function;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public synchronized void record(Metric metric, double value) {
    List<Double> values = held.computeIfAbsent(metric, _ -> new ArrayList<>());
    if (metric.isSummed() && !values.isEmpty()) {
      values.set(0, values.getFirst() + value);
    } else {
      values.add(value);
    }
    if (values.size() == MOST_VALUES) {
      publish();
    }
  }

  /** Writes what has been measured since the last time, if anything. */
  public synchronized void publish() {
    if (held.isEmpty()) {
      return;
    }
    String declared =
        held.keySet().stream()
            .map(metric ->
                "{\"Name\":\"%s\",\"Unit\":\"%s\"}"
                    .formatted(metric.publishedName(), metric.publishedUnit()))
            .collect(Collectors.joining(","));
    String values =
        held.entrySet().stream()
            .map(entry -> "\"" + entry.getKey().publishedName() + "\":" + json(entry.getValue()))
            .collect(Collectors.joining(","));
    held.clear();
    log.accept(
        """
        {"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"%s","Dimensions":[["%s"]],\
        "Metrics":[%s]}]},"%s":"%s",%s}\
        """
            .formatted(
                clock.now().toEpochMilli(),
                NAMESPACE,
                DIMENSION,
                declared,
                DIMENSION,
                function,
                values));
  }

  private static String json(List<Double> values) {
    List<String> numbers = values.stream().map(EmbeddedMetricFormat::json).toList();
    return numbers.size() == 1 ? numbers.getFirst() : "[" + String.join(",", numbers) + "]";
  }

  private static String json(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
