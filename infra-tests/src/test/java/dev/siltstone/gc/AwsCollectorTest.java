package dev.siltstone.gc;

import dev.siltstone.contract.HandClock;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import java.nio.file.Path;

class AwsCollectorTest extends CollectorContract {
  private static final AwsFamily FAMILY = AwsFamily.create(AwsServices.emulated());

  @Override
  Services open(Path data, HandClock clock) {
    return Services.aws(FAMILY);
  }
}
