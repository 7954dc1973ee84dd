package dev.siltstone.backup;

import dev.siltstone.contract.HandClock;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.LocalStack;
import dev.siltstone.emulators.NeedsLocalStack;
import dev.siltstone.gc.Services;
import java.nio.file.Path;

/** A backup of a stack. */
@NeedsLocalStack
class LocalStackToEmbeddedCopyTest extends StoreCopyContract {
  private static final AwsFamily AWS = AwsFamily.create(LocalStack.services());

  @Override
  Services source(Path data, HandClock clock) {
    return Services.aws(AWS);
  }

  @Override
  Services target(Path data, HandClock clock) {
    return Services.embedded(data, clock);
  }
}
