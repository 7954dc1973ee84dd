package dev.siltstone.aws;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The only place where a call to AWS is sent again; the SDK's own retries are off. Waits between
 * attempts are random up to a bound that doubles ("full jitter"). What may be sent again depends on
 * what the call does, so there are three ways to make one.
 *
 * <p>Conditions that did not hold are not failures: callers catch them inside the attempt.
 */
public final class AwsCalls {
  private static final int ATTEMPTS = 10;
  private static final Duration FIRST_WAIT = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Clock clock;
  private final RandomGenerator random;

  /**
   * @param random must be safe for several threads: two calls with one token are taken for one
   */
  public AwsCalls(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** One attempt at a call that knows whether it is the first. */
  @FunctionalInterface
  public interface Attempt<T> {
    /**
     * @param refusals how many attempts were refused before this one
     */
    T send(int refusals);
  }

  /**
   * A call that changes nothing: sent again after any passing failure.
   *
   * @param what names the call and its key in messages
   */
  public <T> T read(String what, Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (SdkException e) {
        if (AwsFailure.of(e) == AwsFailure.REJECTED || attempt == ATTEMPTS) {
          throw unavailable(what, e);
        }
        pause(attempt);
      }
    }
  }

  /**
   * A write that may take effect twice without harm, and whose later attempts give the right answer
   * even if an earlier one took effect: sent again also when the outcome is unknown.
   */
  public <T> T repeatable(String what, Supplier<T> call) {
    SdkException unknown = null;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (SdkException e) {
        AwsFailure failure = AwsFailure.of(e);
        unknown = failure == AwsFailure.UNKNOWN ? e : unknown;
        if (failure == AwsFailure.REJECTED || attempt == ATTEMPTS) {
          throw ended(what, unknown, e);
        }
        pause(attempt);
      }
    }
  }

  /** A write that is sent again only when it was refused, so certainly had no effect. */
  public <T> T once(String what, Attempt<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.send(attempt - 1);
      } catch (SdkException e) {
        AwsFailure failure = AwsFailure.of(e);
        if (failure != AwsFailure.REFUSED || attempt == ATTEMPTS) {
          throw ended(what, failure == AwsFailure.UNKNOWN ? e : null, e);
        }
        pause(attempt);
      }
    }
  }

  /** A name for a call by which a service recognises its repetition. */
  String newToken() {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }

  private static RuntimeException ended(
      String what, @Nullable SdkException unknown, SdkException last) {
    return unknown == null
        ? unavailable(what, last)
        : new OutcomeUnknownException(
            what + " may or may not have happened: " + unknown.getMessage(), unknown);
  }

  private static UnavailableException unavailable(String what, SdkException cause) {
    return new UnavailableException(what + " failed: " + cause.getMessage(), cause);
  }

  private void pause(int attempt) {
    long bound = Math.min(FIRST_WAIT.toMillis() << (attempt - 1), LONGEST_WAIT.toMillis());
    clock.sleep(Duration.ofMillis(1 + random.nextLong(bound)));
  }
}
