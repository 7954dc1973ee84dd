package dev.siltstone.aws;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts requests as they leave, by service and operation ({@code DynamoDb.UpdateItem}), and the
 * bytes of bodies that come back. A request that is sent again counts again.
 */
public final class AwsCallCounter implements ExecutionInterceptor {
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final LongAdder bytesReceived = new LongAdder();

  /**
   * How many calls were made.
   *
   * @param calls by service and operation, only those made at least once
   * @param bytesReceived lengths of the answers' bodies
   */
  public record Counts(Map<String, Long> calls, long bytesReceived) {
    public Counts {
      calls = Map.copyOf(calls);
    }

    public long total() {
      return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What was counted after {@code earlier}. */
    public Counts since(Counts earlier) {
      Map<String, Long> more = new TreeMap<>();
      calls.forEach((name, count) -> {
        long before = earlier.calls.getOrDefault(name, 0L);
        if (count > before) {
          more.put(name, count - before);
        }
      });
      return new Counts(more, bytesReceived - earlier.bytesReceived);
    }
  }

  /** Everything counted so far. */
  public Counts counts() {
    Map<String, Long> now = new TreeMap<>();
    calls.forEach((name, count) -> now.put(name, count.sum()));
    return new Counts(now, bytesReceived.sum());
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes call) {
    String service = call.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String operation = call.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    calls.computeIfAbsent(service + "." + operation, name -> new LongAdder()).increment();
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes call) {
    context
        .httpResponse()
        .firstMatchingHeader("Content-Length")
        .ifPresent(length -> bytesReceived.add(Long.parseLong(length)));
  }
}
