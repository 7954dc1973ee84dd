package dev.siltstone.cdk;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Function;

/** The metrics that a store is watched by. All are AWS's own, which cost nothing. */
record StoreMetrics(
    IMetric deadNotices,
    IMetric oldestNotice,
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
        store.storage().notices().metricApproximateAgeOfOldestMessage(every("Maximum")),
        compactor.metricErrors(every("Sum")),
        compactor.metricDuration(every("Maximum")),
        store.api().http().metricServerError(every("Sum")),
        store.api().http().metricCount(every("Sum")),
        store.functions().query().function().metricDuration(every("p95")),
        store.functions().producer().function().metricDuration(every("p95")));
  }

  private static MetricOptions every(String statistic) {
    return MetricOptions.builder().period(PERIOD).statistic(statistic).build();
  }
}
