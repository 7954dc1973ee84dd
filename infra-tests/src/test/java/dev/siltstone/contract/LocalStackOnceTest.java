package dev.siltstone.contract;

import dev.siltstone.emulators.AwsServices;
import dev.siltstone.emulators.LocalStack;
import dev.siltstone.emulators.NeedsLocalStack;

@NeedsLocalStack
final class LocalStackOnceTest extends AwsOnceTest {
  @Override
  protected AwsServices services() {
    return LocalStack.services();
  }
}
