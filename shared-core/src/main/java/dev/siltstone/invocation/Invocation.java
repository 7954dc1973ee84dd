package dev.siltstone.invocation;

import dev.siltstone.metrics.InvocationMetrics;
import org.slf4j.MDC;

/** The work on one event: names its request in log lines, publishes its metrics when it ends. */
public final class Invocation implements AutoCloseable {
  /** The field of log lines, as Powertools calls it. */
  private static final String REQUEST_ID = "function_request_id";

  private final InvocationMetrics metrics;

  private Invocation(InvocationMetrics metrics) {
    this.metrics = metrics;
  }

  /** Begins it. */
  public static Invocation begin(String requestId, InvocationMetrics metrics) {
    MDC.put(REQUEST_ID, requestId);
    return new Invocation(metrics);
  }

  @Override
  public void close() {
    metrics.publish();
    MDC.clear();
  }
}
