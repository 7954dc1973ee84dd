package dev.siltstone.access;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The store's tokens, as they were a short while ago. A revoked token works for at most {@link
 * #LONGEST_AGE}. A token that is not known is looked for again, but however many wrong ones are
 * sent, the store is asked no more than ten times a second.
 */
public final class KnownTokens {
  /** How long a revoked token may go on working. */
  public static final Duration LONGEST_AGE = Duration.ofSeconds(5);

  private static final Duration AGE_WHEN_UNKNOWN = Duration.ofMillis(100);

  private final TokenStore store;
  private final Clock clock;
  private volatile @Nullable Reading last;

  private record Reading(Map<TokenId, AccessToken> tokens, long nanos) {}

  public KnownTokens(TokenStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The token whose secret this is.
   *
   * @throws dev.siltstone.failure.UnavailableException if the store had to be asked and did not
   *     answer
   */
  public Optional<AccessToken> find(TokenSecret presented) {
    AccessToken token = reading(LONGEST_AGE).tokens().get(presented.id());
    if (token == null) {
      token = reading(AGE_WHEN_UNKNOWN).tokens().get(presented.id());
    }
    return Optional.ofNullable(token).filter(found -> found.hash().matches(presented.hash()));
  }

  private Reading reading(Duration age) {
    Reading known = last;
    return known != null && isYoung(age, known) ? known : read(age);
  }

  private synchronized Reading read(Duration age) {
    Reading known = last;
    if (known != null && isYoung(age, known)) {
      return known;
    }
    long now = clock.nanoTime();
    Map<TokenId, AccessToken> tokens =
        store.list().stream().collect(Collectors.toMap(AccessToken::id, Function.identity()));
    Reading reading = new Reading(tokens, now);
    last = reading;
    return reading;
  }

  private boolean isYoung(Duration age, Reading reading) {
    return clock.nanoTime() - reading.nanos() < age.toNanos();
  }
}
