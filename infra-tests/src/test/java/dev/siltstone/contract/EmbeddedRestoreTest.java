package dev.siltstone.contract;

import dev.siltstone.collection.Catalog;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogRestore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedRestoreTest extends RestoreContract {
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
  protected LogRestore logRestore() {
    return families.one().logRestore();
  }

  @Override
  protected LeaseStore leases() {
    return families.one().leases();
  }
}
