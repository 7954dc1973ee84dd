package dev.siltstone.contract;

import dev.siltstone.access.TokenStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedTokenStoreTest extends TokenStoreContract {
  @TempDir static Path folder;

  private static TwoFamilies families;

  @BeforeAll
  static void open() {
    families = TwoFamilies.in(folder);
  }

  @AfterAll
  static void close() {
    families.close();
  }

  @Override
  protected TokenStore tokens() {
    return families.one().tokens();
  }

  @Override
  protected TokenStore anotherTokens() {
    return families.two().tokens();
  }
}
