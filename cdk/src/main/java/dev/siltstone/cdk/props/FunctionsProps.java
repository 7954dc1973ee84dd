package dev.siltstone.cdk.props;

import java.util.List;

/**
 * The three functions.
 *
 * @param producerMemoryMb also its share of a processor: 1,769 MB are one
 * @param queryMemoryMb likewise
 * @param warmUp whether the compactor invokes the query function after a publish
 * @param logDays how long logs are kept; one of {@link #LOG_DAYS}
 * @param tracing whether X-Ray traces them
 */
public record FunctionsProps(
    Cpu cpu,
    int producerMemoryMb,
    CompactorProps compactor,
    int queryMemoryMb,
    QueryCache queryCache,
    boolean warmUp,
    int logDays,
    boolean tracing) {
  /** What CloudWatch and we agree on. */
  public static final List<Integer> LOG_DAYS = List.of(1, 3, 7, 14, 30, 90, 180, 365);

  static final int LEAST_MEMORY = 512;
  static final int MOST_MEMORY = 10_240;

  public FunctionsProps {
    Bounds.check(StackOption.PRODUCER_MEMORY, producerMemoryMb, LEAST_MEMORY, MOST_MEMORY);
    Bounds.check(StackOption.QUERY_MEMORY, queryMemoryMb, LEAST_MEMORY, MOST_MEMORY);
    if (!LOG_DAYS.contains(logDays)) {
      throw new IllegalArgumentException(
          "%s is %d; it is one of %s".formatted(StackOption.LOG_DAYS.key(), logDays, LOG_DAYS));
    }
  }
}
