package dev.siltstone.invocation;

import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.failure.Outcome;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers a request by its deadline. Work that is not done by then goes on (a function's threads
 * run again with its next event), so that a download finishes for those who ask later.
 */
public final class AnswerInTime {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerInTime.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** What a request that is cut off may have done. */
  public enum Effect {
    /** Nothing: it reads. */
    NONE,
    /** Perhaps what was asked for, now or later. */
    PERHAPS
  }

  private final Executor workers;

  /**
   * @param workers runs each request on a thread of its own
   */
  public AnswerInTime(Executor workers) {
    this.workers = workers;
  }

  /** The answer of {@code work}, or a 503 when the deadline comes first. */
  public ApiResponse answer(Deadline deadline, Effect effect, Supplier<ApiResponse> work) {
    @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
    CompletableFuture<ApiResponse> answer =
        CompletableFuture.supplyAsync(
            () -> {
              MDC.setContextMap(context == null ? Map.of() : context);
              return work.get();
            },
            workers);
    try {
      return answer.get(Math.max(0, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warn("answered 503: the work is not done and goes on");
      return ErrorResponse.of(tooLate(effect));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ErrorResponse.of(tooLate(effect));
    } catch (ExecutionException e) {
      return Outcome.of(answer); // Throws what the work has thrown.
    }
  }

  private static RuntimeException tooLate(Effect effect) {
    return switch (effect) {
      case NONE ->
          new UnavailableException(
              "The answer is not ready in time; the work goes on, try again", RETRY_AFTER, null);
      case PERHAPS -> new OutcomeUnknownException("not done in time");
    };
  }
}
