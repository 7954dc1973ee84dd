package dev.siltstone.contract;

import dev.siltstone.collection.Catalog;
import dev.siltstone.log.DeltaLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedOnceTest extends OnceContract {
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
  protected Catalog catalog() {
    return families.one().catalog();
  }

  @Override
  protected DeltaLog log() {
    return families.one().log();
  }

  @Override
  protected DeltaLog otherLog() {
    return families.two().log();
  }
}
