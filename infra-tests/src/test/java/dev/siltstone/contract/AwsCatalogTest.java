package dev.siltstone.contract;

import dev.siltstone.collection.Catalog;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.log.DeltaLog;

class AwsCatalogTest extends CatalogContract {
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
  protected Catalog anotherCatalog() {
    return families().two().catalog();
  }

  @Override
  protected DeltaLog log() {
    return families().one().log();
  }

  @Override
  protected Catalog newCatalog() {
    return AwsFamily.create(services()).catalog();
  }

  @Override
  protected int rounds() {
    return 5;
  }
}
