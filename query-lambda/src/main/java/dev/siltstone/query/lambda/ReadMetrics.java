package dev.siltstone.query.lambda;

import dev.siltstone.api.Route;
import dev.siltstone.cost.RequestCost;
import dev.siltstone.cost.Stage;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures what reads of records cost. */
final class ReadMetrics {
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final String FETCH = "S3.GetObject";

  private static final Map<Stage, Metric> STAGES =
      Map.of(
          Stage.LOG, Metric.OPEN_TIME,
          Stage.SEARCH, Metric.SEARCH_TIME,
          Stage.HYDRATE, Metric.ANSWER_TIME);

  private final Metrics metrics;

  ReadMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  /** One read that succeeded. */
  void record(Route route, RequestCost cost) {
    boolean fetched = cost.calls().containsKey(FETCH);
    metrics.record(fetched ? Metric.CACHE_MISSES : Metric.CACHE_HITS, 1);
    if (route == Route.QUERY || route == Route.SEARCH) {
      cost.nanos()
          .forEach((stage, nanos) -> {
            Metric metric = STAGES.get(stage);
            if (metric != null) {
              metrics.record(metric, nanos / NANOS_PER_MILLI);
            }
          });
    }
  }
}
