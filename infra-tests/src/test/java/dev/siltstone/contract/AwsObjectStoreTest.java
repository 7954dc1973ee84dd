package dev.siltstone.contract;

import dev.siltstone.emulators.AwsServices;
import dev.siltstone.storage.ObjectStore;

class AwsObjectStoreTest extends ObjectStoreContract {
  protected AwsServices services() {
    return AwsServices.emulated();
  }

  final TwoAwsFamilies families() {
    return TwoAwsFamilies.of(getClass(), services());
  }

  @Override
  protected ObjectStore store() {
    return families().one().store();
  }

  @Override
  protected ObjectStore anotherStore() {
    return families().two().store();
  }

  @Override
  protected int rounds() {
    return 10;
  }
}
