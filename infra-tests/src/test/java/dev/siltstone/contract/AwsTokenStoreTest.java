package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenSecret;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

@On(On.Kind.AWS)
class AwsTokenStoreTest extends TokenStoreContract {
  @Test
  void outlivesAResetOfTheCatalog() {
    Family family = families().fresh();
    TokenSecret secret = TokenSecret.fresh(new Random());
    AccessToken token =
        new AccessToken(secret.id(), "kept", Role.ADMIN, Scope.ALL, secret.hash(), Instant.now());
    family.tokens().add(token);

    family.catalog().reset();

    assertThat(family.tokens().list()).containsExactly(token);
  }
}
