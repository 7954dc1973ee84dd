package dev.siltstone.contract;

import dev.siltstone.collection.Catalog;
import dev.siltstone.log.DeltaLog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedCatalogTest extends CatalogContract {
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

  @TempDir Path newFolder;

  private @Nullable EmbeddedFamily fresh;

  @AfterEach
  void closeFresh() {
    if (fresh != null) {
      fresh.close();
    }
  }

  @Override
  protected Catalog catalog() {
    return families.one().catalog();
  }

  @Override
  protected Catalog anotherCatalog() {
    return families.two().catalog();
  }

  @Override
  protected DeltaLog log() {
    return families.one().log();
  }

  @Override
  protected Catalog newCatalog() {
    fresh = new EmbeddedFamily(newFolder);
    return fresh.catalog();
  }
}
