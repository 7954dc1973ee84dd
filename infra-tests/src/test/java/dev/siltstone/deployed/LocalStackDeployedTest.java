package dev.siltstone.deployed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siltstone.emulators.LocalStack;
import dev.siltstone.emulators.NeedsLocalStack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same story over LocalStack's services, which nobody throttles. */
@NeedsLocalStack
class LocalStackDeployedTest {
  @TempDir Path folder;

  @Test
  void whatIsAcknowledgedIsAnsweredThroughAllThatGoesWrong() throws Exception {
    assumeTrue(Artifact.arePackaged(), "not packaged yet: mvnw package comes first");
    assumeTrue(DeployedTemplate.canBeMade(), "the CDK library needs node on the PATH");
    DeployedTemplate template = DeployedTemplate.synthesise(folder.resolve("cdk.out"));
    try (Account account = new Account(template, LocalStack.services(), folder)) {
      new Story(account, _ -> {}, 1).run();
    }
  }
}
