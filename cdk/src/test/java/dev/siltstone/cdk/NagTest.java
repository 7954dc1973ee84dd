package dev.siltstone.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.cxapi.SynthesisMessage;

/** cdk-nag's rules for AWS solutions hold, but for what {@link NagReasons} explains. */
@NeedsNode
class NagTest {
  /** Each option that adds or changes resources, alone, and two stacks with many. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "access=iam",
        "access=jwt jwtIssuer=https://issuer.example jwtAudience=one",
        "domainName=vectors.example.org"
            + " certificateArn=arn:aws:acm:eu-central-1:111122223333:certificate/abc",
        "vpc=new",
        "keyArn=arn:aws:kms:eu-central-1:111122223333:key/abc",
        "versioned=true keepData=false",
        "embedding=bedrock embeddingModel=amazon.titan-embed-text-v2:0 embeddingDimension=512",
        "embedding=openai embeddingUrl=https://models.example/v1 embeddingModel=small"
            + " embeddingDimension=256 embeddingSecret=models/key",
        "queryCache=4 provisionedConcurrency=2",
        "ingestQueue=true",
        "importFiles=true",
        "warmUp=true",
        "tracing=true architecture=x86_64",
        "alarms=false",
        "alarmTopicArn=arn:aws:sns:eu-central-1:111122223333:pager",
        "alarmEmail=you@example.org dashboard=true tags=team=search",
        "vpc=new access=iam versioned=true keyArn=arn:aws:kms:eu-central-1:111122223333:key/abc"
            + " embedding=bedrock embeddingModel=amazon.titan-embed-text-v2:0"
            + " embeddingDimension=512 queryCache=4 tracing=true alarmEmail=you@example.org"
            + " dashboard=true ingestQueue=true importFiles=true warmUp=true",
      })
  void noRuleIsBroken(String options) {
    assertThat(
            findings(
                Synthesised.define(
                    "nag-" + Integer.toHexString(options.hashCode()), pairs(options))))
        .isEmpty();
  }

  /** Which rules are set aside on which kinds of resources; each with a sentence. */
  @Test
  void whatIsSetAsideIsFewAndExplained() {
    Synthesised all = Synthesised.with("vpc", "new", "ingestQueue", "true", "importFiles", "true");
    List<String> setAside = new ArrayList<>();
    all.template()
        .get("Resources")
        .forEach(resource -> {
          for (JsonNode rule : resource.at("/Metadata/cdk_nag/rules_to_suppress")) {
            setAside.add(rule.get("id").asText());
            assertThat(rule.get("reason").asText()).contains(" ").hasSizeGreaterThan(30);
          }
        });
    assertThat(setAside)
        .contains("AwsSolutions-IAM5")
        .isSubsetOf(
            "AwsSolutions-S1", "AwsSolutions-IAM5", "AwsSolutions-APIG4", "AwsSolutions-VPC7");
  }

  private static String[] pairs(String options) {
    return Stream.of(options.split(" ", -1))
        .filter(option -> !option.isEmpty())
        .flatMap(option -> Stream.of(option.split("=", 2)))
        .toArray(String[]::new);
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
