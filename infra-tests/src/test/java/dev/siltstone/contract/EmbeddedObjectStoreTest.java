package dev.siltstone.contract;

import dev.siltstone.storage.ObjectStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedObjectStoreTest extends ObjectStoreContract {
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
  protected ObjectStore store() {
    return families.one().store();
  }

  @Override
  protected ObjectStore anotherStore() {
    return families.two().store();
  }
}
