package dev.siltstone.contract;

import dev.siltstone.emulators.AwsServices;
import dev.siltstone.lease.LeaseStore;

class AwsLeaseStoreTest extends LeaseStoreContract {
  protected AwsServices services() {
    return AwsServices.emulated();
  }

  final TwoAwsFamilies families() {
    return TwoAwsFamilies.of(getClass(), services());
  }

  @Override
  protected LeaseStore leases() {
    return families().one().leases();
  }

  @Override
  protected LeaseStore otherLeases() {
    return families().two().leases();
  }

  @Override
  protected int rounds() {
    return 20;
  }
}
