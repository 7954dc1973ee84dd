package dev.siltstone.contract;

import dev.siltstone.lease.LeaseStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedLeaseStoreTest extends LeaseStoreContract {
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
  protected LeaseStore leases() {
    return families.one().leases();
  }

  @Override
  protected LeaseStore otherLeases() {
    return families.two().leases();
  }
}
