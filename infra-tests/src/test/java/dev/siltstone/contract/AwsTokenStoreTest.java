package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenSecret;
import dev.siltstone.access.TokenStore;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AwsTokenStoreTest extends TokenStoreContract {
  protected AwsServices services() {
    return AwsServices.emulated();
  }

  private TwoAwsFamilies families() {
    return TwoAwsFamilies.of(getClass(), services());
  }

  @Override
  protected TokenStore tokens() {
    return families().one().tokens();
  }

  @Override
  protected TokenStore anotherTokens() {
    return families().two().tokens();
  }

  @Test
  void outlivesAResetOfTheCatalog() {
    try (AwsFamily family = AwsFamily.create(services())) {
      TokenSecret secret = TokenSecret.fresh(new Random());
      AccessToken token =
          new AccessToken(secret.id(), "kept", Role.ADMIN, Scope.ALL, secret.hash(), Instant.now());
      family.tokens().add(token);

      family.catalog().reset();

      assertThat(family.tokens().list()).containsExactly(token);
    }
  }
}
