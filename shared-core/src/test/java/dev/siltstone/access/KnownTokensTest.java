package dev.siltstone.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownTokensTest {
  private final Random random = new Random(7);
  private final CountingStore store = new CountingStore();
  private final HandClock clock = new HandClock();
  private final KnownTokens tokens = new KnownTokens(store, clock);

  @Test
  void knowsATokenByItsSecretOnly() {
    TokenSecret secret = made();
    String forged = secret.reveal().substring(0, 18) + "x".repeat(43);

    assertThat(tokens.find(secret)).isPresent();
    assertThat(TokenSecret.parse(secret.reveal()).flatMap(tokens::find)).isPresent();
    assertThat(TokenSecret.parse(forged)).isPresent();
    assertThat(TokenSecret.parse(forged).flatMap(tokens::find)).isEmpty();
    assertThat(TokenSecret.parse("Bearer " + secret.reveal())).isEmpty();
    assertThat(TokenSecret.parse("")).isEmpty();
  }

  @Test
  void asksTheStoreOnceInAWhileAndForgetsWhatWasRevoked() {
    TokenSecret secret = made();
    assertThat(tokens.find(secret)).isPresent();
    store.revoke(secret.id());
    clock.pass(KnownTokens.LONGEST_AGE.minusNanos(1));
    assertThat(tokens.find(secret)).isPresent();
    assertThat(store.readings).isEqualTo(1);

    clock.pass(Duration.ofNanos(1));

    assertThat(tokens.find(secret)).isEmpty();
  }

  @Test
  void looksAgainForATokenThatIsNewButNotTenTimesASecond() {
    tokens.find(made());
    TokenSecret later = made();
    for (int i = 0; i < 100; i++) {
      assertThat(tokens.find(later)).isEmpty();
    }
    assertThat(store.readings).isEqualTo(1);

    clock.pass(Duration.ofMillis(100));

    assertThat(tokens.find(later)).isPresent();
    assertThat(store.readings).isEqualTo(2);
  }

  private TokenSecret made() {
    TokenSecret secret = TokenSecret.fresh(random);
    store.add(
        new AccessToken(secret.id(), "test", Role.READ, Scope.ALL, secret.hash(), Instant.EPOCH));
    return secret;
  }

  private static final class CountingStore implements TokenStore {
    private final List<AccessToken> all = new ArrayList<>();
    private int readings;

    @Override
    public void add(AccessToken token) {
      all.add(token);
    }

    @Override
    public List<AccessToken> list() {
      readings++;
      return List.copyOf(all);
    }

    @Override
    public boolean revoke(TokenId id) {
      return all.removeIf(token -> token.id().equals(id));
    }
  }

  private static final class HandClock implements Clock {
    private long nanos = 1;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      throw new UnsupportedOperationException();
    }
  }
}
