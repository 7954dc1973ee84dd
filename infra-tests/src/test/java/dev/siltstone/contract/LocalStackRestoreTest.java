package dev.siltstone.contract;

import dev.siltstone.emulators.AwsServices;
import dev.siltstone.emulators.LocalStack;
import dev.siltstone.emulators.NeedsLocalStack;

@NeedsLocalStack
final class LocalStackRestoreTest extends AwsRestoreTest {
  @Override
  protected AwsServices services() {
    return LocalStack.services();
  }
}
