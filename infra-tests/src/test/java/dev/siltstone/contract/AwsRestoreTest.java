package dev.siltstone.contract;

import dev.siltstone.collection.Catalog;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogRestore;

class AwsRestoreTest extends RestoreContract {
  protected AwsServices services() {
    return AwsServices.emulated();
  }

  final TwoAwsFamilies families() {
    return TwoAwsFamilies.of(getClass(), services());
  }

  @Override
  protected Catalog catalog() {
    return families().one().catalog();
  }

  @Override
  protected DeltaLog log() {
    return families().one().log();
  }

  @Override
  protected LogRestore logRestore() {
    return families().one().logRestore();
  }

  @Override
  protected LeaseStore leases() {
    return families().one().leases();
  }
}
