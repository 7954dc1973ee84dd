package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenSecret;
import dev.siltstone.access.TokenStore;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link TokenStore} does. */
abstract class TokenStoreContract extends FamilyContract {
  private static final Random RANDOM = new Random();

  /** A client of the store under test. */
  final TokenStore tokens() {
    return families().one().tokens();
  }

  /** Another client of the same store, as another process would have one. */
  final TokenStore anotherTokens() {
    return families().two().tokens();
  }

  @Test
  void keepsEveryFieldOfATokenAndNotItsSecret() {
    TokenSecret secret = TokenSecret.fresh(RANDOM);
    AccessToken limited =
        token(
            secret,
            new Scope(
                Set.of(new TenantName("grün und blau"), new TenantName("default_tenant")),
                Set.of(new DatabaseName("one"), new DatabaseName("two"))));
    AccessToken unlimited = token(TokenSecret.fresh(RANDOM), Scope.ALL);

    tokens().add(limited);
    tokens().add(unlimited);

    assertThat(anotherTokens().list()).contains(limited, unlimited);
    assertThat(limited.toString()).doesNotContain(secret.reveal().substring(18));
  }

  @Test
  void listsTokensInOrderOfTheirIds() {
    for (int i = 0; i < 5; i++) {
      tokens().add(token(TokenSecret.fresh(RANDOM), Scope.ALL));
    }
    assertThat(tokens().list())
        .isSortedAccordingTo(Comparator.comparing(token -> token.id().toString()));
  }

  @Test
  void refusesASecondTokenOfOneId() {
    AccessToken token = token(TokenSecret.fresh(RANDOM), Scope.ALL);
    AccessToken second =
        new AccessToken(
            token.id(),
            "second",
            Role.ADMIN,
            Scope.ALL,
            TokenSecret.fresh(RANDOM).hash(),
            token.createdAt());
    tokens().add(token);

    assertThatThrownBy(() -> anotherTokens().add(second))
        .isInstanceOf(AlreadyExistsException.class);
    assertThat(tokens().list()).contains(token).doesNotContain(second);
  }

  @Test
  void revokesForEveryClientAndOnce() {
    AccessToken token = token(TokenSecret.fresh(RANDOM), Scope.ALL);
    tokens().add(token);

    assertThat(tokens().revoke(token.id())).isTrue();
    assertThat(anotherTokens().revoke(token.id())).isFalse();
    assertThat(anotherTokens().list()).doesNotContain(token);
  }

  private static AccessToken token(TokenSecret secret, Scope scope) {
    return new AccessToken(
        secret.id(), "for a test", Role.WRITE, scope, secret.hash(), Instant.now());
  }
}
