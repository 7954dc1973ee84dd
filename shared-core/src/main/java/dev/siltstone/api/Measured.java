package dev.siltstone.api;

import static java.util.stream.Collectors.joining;

import dev.siltstone.cost.RequestCost;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers that say what they cost, for requests that ask:
 *
 * <pre>
 * &gt; x-siltstone-measure: on
 * &lt; server-timing: parse;dur=0.041, log;dur=3.105, search;dur=0.377, total;dur=3.6    milliseconds
 * &lt; x-siltstone-cost: DynamoDb.BatchGetItem=1, S3.GetObject=2, bytes=18422
 * </pre>
 *
 * Stages and kinds of calls that there were none of are left out. Stages overlap where one waits
 * for the work of another.
 */
public final class Measured {
  /** Asks for the two headers. */
  public static final String MEASURE = "x-siltstone-measure";

  /** Milliseconds by stage (W3C Server Timing). */
  public static final String TIMING = "server-timing";

  /** Calls by kind, and the bytes they fetched. */
  public static final String COST = "x-siltstone-cost";

  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongSupplier nanoTime;

  /**
   * Measures by a clock.
   *
   * @param nanoTime a monotonic reading in nanoseconds
   */
  public Measured(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The answer, with its cost if the request asks for that. */
  public ApiResponse answer(ApiRequest request, Supplier<ApiResponse> answering) {
    if (!isAsked(request)) {
      return answering.get();
    }
    RequestCost cost = new RequestCost(nanoTime);
    long start = nanoTime.getAsLong();
    ApiResponse answer = cost.of(answering);
    String timing =
        cost.nanos().entrySet().stream()
            .map(each -> millis(each.getKey().name().toLowerCase(Locale.ROOT), each.getValue()))
            .map(stage -> stage + ", ")
            .collect(joining());
    return answer
        .withHeader(TIMING, timing + millis("total", nanoTime.getAsLong() - start))
        .withHeader(COST, calls(cost) + "bytes=" + cost.bytes());
  }

  private static boolean isAsked(ApiRequest request) {
    return request.header(MEASURE).filter(value -> !value.equals("off")).isPresent();
  }

  private static String calls(RequestCost cost) {
    return cost.calls().entrySet().stream()
        .map(call -> call.getKey() + "=" + call.getValue() + ", ")
        .collect(joining());
  }

  private static String millis(String stage, long nanos) {
    return String.format(Locale.ROOT, "%s;dur=%.3f", stage, nanos / NANOS_PER_MILLI);
  }
}
