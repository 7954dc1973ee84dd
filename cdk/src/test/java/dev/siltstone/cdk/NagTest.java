package dev.siltstone.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.cxapi.SynthesisMessage;

/** cdk-nag's rules for AWS solutions hold, but for what {@link NagReasons} explains. */
@NeedsNode
class NagTest {
  @Test
  void aStoreWithoutOptionsBreaksNoRule() {
    assertThat(findings(Synthesised.define("nag-standard"))).isEmpty();
  }

  @Test
  void aStoreWithAllOptionsBreaksNoRule() {
    assertThat(
            findings(
                Synthesised.define(
                    "nag-all",
                    "vpc",
                    "new",
                    "access",
                    "iam",
                    "versioned",
                    "true",
                    "keyArn",
                    "arn:aws:kms:eu-central-1:111122223333:key/abc",
                    "embedding",
                    "bedrock",
                    "embeddingModel",
                    "amazon.titan-embed-text-v2:0",
                    "embeddingDimension",
                    "512",
                    "queryCache",
                    "4",
                    "tracing",
                    "true",
                    "alarmEmail",
                    "you@example.org",
                    "dashboard",
                    "true",
                    "ingestQueue",
                    "true",
                    "importFiles",
                    "true",
                    "warmUp",
                    "true")))
        .isEmpty();
  }

  private static List<String> findings(SiltstoneStack stack) {
    Aspects.of(stack).add(new AwsSolutionsChecks());
    Annotations annotations = Annotations.fromStack(stack);
    return Stream.of(
            annotations.findError("*", Match.anyValue()),
            annotations.findWarning("*", Match.anyValue()))
        .flatMap(List::stream)
        .map(NagTest::text)
        .toList();
  }

  private static String text(SynthesisMessage message) {
    return message.getId() + " " + message.getEntry().getData();
  }
}
