package dev.siltstone.contract;

import dev.siltstone.collection.Catalog;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.log.DeltaLog;

class AwsOnceTest extends OnceContract {
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
  protected DeltaLog otherLog() {
    return families().two().log();
  }

  @Override
  protected int rounds() {
    return 20;
  }
}
