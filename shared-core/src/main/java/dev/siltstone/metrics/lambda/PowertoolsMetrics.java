package dev.siltstone.metrics.lambda;

import dev.siltstone.metrics.InvocationMetrics;
import dev.siltstone.metrics.Metric;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.internal.EmfMetricsLogger;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Publishes metrics by Powertools, a line of CloudWatch's embedded metric format for each
 * invocation. Its factory is not used: that has one instance for a whole JVM, and its hook for
 * SnapStart loads a long list of classes, those of its own tests among them.
 */
public final class PowertoolsMetrics implements Consumer<Map<Metric, List<Double>>> {
  private final Metrics metrics;

  /**
   * @param function a dimension's value, a function's short name
   * @param store likewise, the store's name
   * @param out takes one line at a time
   */
  PowertoolsMetrics(String function, String store, Consumer<String> out) {
    metrics = new EmfMetricsLogger(new LineEnvironment(out), new MetricsContext());
    metrics.setNamespace(InvocationMetrics.NAMESPACE);
    metrics.setDefaultDimensions(
        DimensionSet.of(
            dev.siltstone.metrics.Metrics.FUNCTION,
            function,
            dev.siltstone.metrics.Metrics.STORE,
            store));
  }

  /**
   * The metrics of a function. Gets ready on a thread of its own, so that initialisation, which
   * waits for services, does not wait for this, and the first invocation finds it done.
   *
   * @param function the function's short name
   * @param settings which name the store
   */
  public static InvocationMetrics of(String function, Settings settings) {
    String store = settings.find(SettingName.STORE).orElse("unnamed");
    Thread.ofPlatform().daemon().name("prime-metrics").start(PowertoolsMetrics::prime);
    return new InvocationMetrics(new PowertoolsMetrics(function, store, System.out::println));
  }

  /** Does once what publishing does, and prints nothing. */
  public static void prime() {
    new PowertoolsMetrics("prime", "prime", _ -> {})
        .accept(Map.of(Metric.BACKLOG, List.of(1.0), Metric.SEARCH_TIME, List.of(1.0, 2.0)));
  }

  @Override
  public void accept(Map<Metric, List<Double>> measured) {
    metrics.flushMetrics(line -> measured.forEach((metric, values) -> add(line, metric, values)));
  }

  private static void add(Metrics line, Metric metric, List<Double> values) {
    MetricUnit unit = MetricUnit.valueOf(metric.publishedUnit().toUpperCase(Locale.ROOT));
    values.forEach(value -> line.addMetric(metric.publishedName(), value, unit));
  }
}
