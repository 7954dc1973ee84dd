package dev.siltstone.cdk;

import dev.siltstone.metrics.Metrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Function;

/**
 * The metrics that a store is watched by. All are AWS's own, which cost nothing, but for the deltas
 * set aside and the files refused: those are the functions', and published only when it happens.
 */
record StoreMetrics(
    IMetric deadNotices,
    @Nullable IMetric deadWrites,
    @Nullable IMetric deadFiles,
    IMetric refusedFiles,
    IMetric oldestNotice,
    IMetric deltasSetAside,
    IMetric compactorErrors,
    IMetric compactorDuration,
    IMetric apiFailures,
    IMetric apiCalls,
    IMetric queryDuration,
    IMetric producerDuration) {
  private static final Duration PERIOD = Duration.minutes(5);

  static StoreMetrics of(SiltstoneStore store) {
    Function compactor = store.functions().compactor().function();
    return new StoreMetrics(
        store.storage().deadLetters().metricApproximateNumberOfMessagesVisible(every("Maximum")),
        deadLetters(store.ingest().writes()),
        deadLetters(store.ingest().files()),
        ours(store, dev.siltstone.metrics.Metric.REFUSED_FILES, "producer"),
        store.storage().notices().metricApproximateAgeOfOldestMessage(every("Maximum")),
        ours(store, dev.siltstone.metrics.Metric.QUARANTINED_DELTAS, "compactor"),
        compactor.metricErrors(every("Sum")),
        compactor.metricDuration(every("Maximum")),
        store.api().http().metricServerError(every("Sum")),
        store.api().http().metricCount(every("Sum")),
        store.functions().query().function().metricDuration(every("p95")),
        store.functions().producer().function().metricDuration(every("p95")));
  }

  private static @Nullable IMetric deadLetters(@Nullable IngestQueue queue) {
    return queue == null
        ? null
        : queue.deadLetters().metricApproximateNumberOfMessagesVisible(every("Maximum"));
  }

  private static IMetric ours(
      SiltstoneStore store, dev.siltstone.metrics.Metric metric, String function) {
    return Metric.Builder.create()
        .namespace(Metrics.NAMESPACE)
        .metricName(metric.publishedName())
        .dimensionsMap(
            Map.of(Metrics.FUNCTION, function, Metrics.STORE, Stack.of(store).getStackName()))
        .period(PERIOD)
        .statistic("Sum")
        .build();
  }

  private static MetricOptions every(String statistic) {
    return MetricOptions.builder().period(PERIOD).statistic(statistic).build();
  }
}
