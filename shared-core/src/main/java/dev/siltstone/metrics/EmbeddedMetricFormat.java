package dev.siltstone.metrics;

import dev.siltstone.time.Clock;
import java.util.function.Consumer;

/**
 * Writes each count as one line of CloudWatch's embedded metric format, which the log service turns
 * into a metric without a call of ours (CloudWatch user guide, embedded metric format
 * specification).
 */
public final class EmbeddedMetricFormat implements Metrics {
  private static final String NAMESPACE = "Siltstone";

  private final String function;
  private final Clock clock;
  private final Consumer<String> log;

  /**
   * @param function value of the only dimension, {@code Function}: letters, digits, {@code - _ .}
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
  public void count(Metric metric, long amount) {
    log.accept(
        """
        {"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"%s","Dimensions":[["Function"]],\
        "Metrics":[{"Name":"%s","Unit":"Count"}]}]},"Function":"%s","%s":%d}\
        """
            .formatted(
                clock.now().toEpochMilli(),
                NAMESPACE,
                metric.publishedName(),
                function,
                metric.publishedName(),
                amount));
  }
}
