package dev.siltstone.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** Synthesises the stack offline; skipped where there is no Node.js, on which the CDK runs. */
@EnabledIf(value = "hasNode", disabledReason = "the CDK library needs node on the PATH")
class SiltstoneStackTest {
  private static Template template;

  @BeforeAll
  static void synthesise(@TempDir Path folder) throws IOException {
    for (String module : List.of("producer-lambda", "compactor-lambda", "query-lambda")) {
      Files.createDirectories(folder.resolve(module).resolve("target/lambda"));
    }
    App app = App.Builder.create().outdir(folder.resolve("cdk.out").toString()).build();
    template =
        Template.fromStack(new SiltstoneStack(app, "Test", StackProps.builder().build(), folder));
  }

  static boolean hasNode() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
  }

  @Test
  void bucketIsPrivateAndKept() {
    template.hasResource(
        "AWS::S3::Bucket",
        Map.of(
            "DeletionPolicy",
            "Retain",
            "Properties",
            Match.objectLike(
                Map.of(
                    "PublicAccessBlockConfiguration",
                    Map.of(
                        "BlockPublicAcls", true,
                        "BlockPublicPolicy", true,
                        "IgnorePublicAcls", true,
                        "RestrictPublicBuckets", true)))));
  }

  @Test
  void tableHasTheKeysThatTheCodeUses() {
    template.hasResourceProperties(
        "AWS::DynamoDB::GlobalTable",
        Map.of(
            "KeySchema",
            List.of(
                Map.of("AttributeName", "pk", "KeyType", "HASH"),
                Map.of("AttributeName", "sk", "KeyType", "RANGE")),
            "BillingMode",
            "PAY_PER_REQUEST"));
  }

  @Test
  void functionsRunOnJava25AndKnowTheirStorage() {
    for (String handler :
        List.of(
            StoreFunctions.PRODUCER_HANDLER,
            StoreFunctions.COMPACTOR_HANDLER,
            StoreFunctions.QUERY_HANDLER)) {
      template.hasResourceProperties(
          "AWS::Lambda::Function",
          Match.objectLike(
              Map.of(
                  "Handler",
                  handler,
                  "Runtime",
                  "java25",
                  "Architectures",
                  List.of("arm64"),
                  "Environment",
                  Map.of(
                      "Variables",
                      Match.objectLike(
                          Map.of(
                              "SILTSTONE_BUCKET", Match.anyValue(),
                              "SILTSTONE_TABLE", Match.anyValue(),
                              "SILTSTONE_QUEUE_URL", Match.anyValue()))))));
    }
  }

  @Test
  void everyDeclaredRouteIsServed() {
    assertThat(routeKeys())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Route.values())
                .map(route -> route.method().name() + " " + route.path())
                .collect(Collectors.toSet()));
  }

  @Test
  void noticesThatKeepFailingAreSetAside() {
    template.hasResourceProperties(
        "AWS::SQS::Queue",
        Match.objectLike(Map.of("RedrivePolicy", Match.objectLike(Map.of("maxReceiveCount", 5)))));
  }

  @Test
  void noStatementGrantsWildcardActions() {
    String policies = template.findResources("AWS::IAM::Policy").toString();
    assertThat(policies).contains("dynamodb:LeadingKeys").doesNotContain("s3:*", "dynamodb:*");
  }

  @Test
  void compactorMayWriteADeltaAgainThatWasSetAside() {
    template.hasResourceProperties(
        "AWS::IAM::Policy",
        Match.objectLike(
            Map.of(
                "PolicyName",
                Match.stringLikeRegexp("Compactor"),
                "PolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        Match.arrayWith(
                            List.of(
                                Match.objectLike(
                                    Map.of("Sid", "CreateDeltas", "Action", "s3:PutObject")))))))));
  }

  @Test
  void schedulesGiveCommandsThatTheHandlerKnows() {
    for (String command : List.of("sweep", "gc")) {
      template.hasResourceProperties(
          "AWS::Events::Rule",
          Match.objectLike(
              Map.of(
                  "Targets",
                  List.of(
                      Match.objectLike(Map.of("Input", "{\"command\":\"" + command + "\"}"))))));
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> routeKeys() {
    return template.findResources("AWS::ApiGatewayV2::Route").values().stream()
        .map(resource -> (Map<String, Object>) resource.get("Properties"))
        .map(properties -> (String) properties.get("RouteKey"))
        .toList();
  }
}
