package dev.siltstone.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.api.Route;
import dev.siltstone.settings.SettingName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands in an account whose owner gave no options. */
@NeedsNode
class SiltstoneStackTest {
  private static final List<String> HANDLERS =
      List.of(
          StoreFunctions.PRODUCER_HANDLER,
          StoreFunctions.COMPACTOR_HANDLER,
          StoreFunctions.QUERY_HANDLER);

  private final Synthesised stack = Synthesised.with();

  @Test
  void bucketIsPrivateEncryptedAndKept() {
    JsonNode bucket = stack.all("AWS::S3::Bucket").values().iterator().next();
    assertThat(bucket.get("DeletionPolicy").asText()).isEqualTo("Retain");
    assertThat(bucket.at("/Properties/PublicAccessBlockConfiguration"))
        .hasToString(
            "{\"BlockPublicAcls\":true,\"BlockPublicPolicy\":true,\"IgnorePublicAcls\":true,"
                + "\"RestrictPublicBuckets\":true}");
    assertThat(bucket.at("/Properties/BucketEncryption").toString()).contains("AES256");
    assertThat(bucket.at("/Properties/VersioningConfiguration").isMissingNode()).isTrue();
    assertThat(stack.properties("AWS::S3::Bucket")).hasSize(1);
  }

  @Test
  void tableHasTheKeysThatTheCodeUsesAndCanBeRestored() {
    JsonNode table = stack.only("AWS::DynamoDB::GlobalTable");
    assertThat(table.get("KeySchema"))
        .hasToString(
            "[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},"
                + "{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}]");
    assertThat(table.get("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
    assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText()).isEqualTo("ttl");
    assertThat(
            table
                .at("/Replicas/0/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                .asBoolean())
        .isTrue();
    assertThat(stack.all("AWS::DynamoDB::GlobalTable").values())
        .allMatch(each -> each.get("DeletionPolicy").asText().equals("Retain"));
  }

  @Test
  void functionsRunOnJava25AndKnowTheirStorage() {
    for (String handler : HANDLERS) {
      JsonNode function = stack.function(handler);
      assertThat(function.get("Runtime").asText()).isEqualTo("java25");
      assertThat(function.at("/Architectures/0").asText()).isEqualTo("arm64");
      assertThat(function.get("MemorySize").asInt()).isLessThanOrEqualTo(3_008);
      assertThat(function.has("ReservedConcurrentExecutions")).isFalse();
      JsonNode variables = function.at("/Environment/Variables");
      for (SettingName name :
          List.of(SettingName.BUCKET, SettingName.TABLE, SettingName.QUEUE_URL)) {
        assertThat(variables.has(name.variable())).as(name.variable()).isTrue();
      }
      assertThat(variables.get(SettingName.ACCESS.variable()).asText()).isEqualTo("token");
    }
  }

  @Test
  void onlyFunctionsThatSearchOrMergeAskForVectors() {
    for (String handler : HANDLERS) {
      assertThat(stack.function(handler).at("/Environment/Variables/JAVA_TOOL_OPTIONS").asText())
          .matches(options ->
              options.contains("--add-modules=jdk.incubator.vector")
                  == !handler.equals(StoreFunctions.PRODUCER_HANDLER));
    }
  }

  @Test
  void functionsThatAnswerCallersStartFromSnapshots() {
    assertThat(stack.function(StoreFunctions.QUERY_HANDLER).at("/SnapStart/ApplyOn").asText())
        .isEqualTo("PublishedVersions");
    assertThat(stack.function(StoreFunctions.QUERY_HANDLER).has("EphemeralStorage")).isFalse();
    assertThat(stack.function(StoreFunctions.PRODUCER_HANDLER).has("SnapStart")).isTrue();
    assertThat(stack.function(StoreFunctions.COMPACTOR_HANDLER).has("SnapStart")).isFalse();
    assertThat(stack.properties("AWS::ApiGatewayV2::Integration"))
        .hasSize(2)
        .allMatch(integration -> integration.get("IntegrationUri").toString().contains("Live"));
  }

  @Test
  void everyDeclaredRouteIsServed() {
    assertThat(stack.properties("AWS::ApiGatewayV2::Route"))
        .extracting(route -> route.get("RouteKey").asText())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Route.values())
                .map(route -> route.method().name() + " " + route.path())
                .toList());
  }

  @Test
  void theFunctionsOwnPolicyHasOneStatementForAllRoutes() {
    assertThat(stack.properties("AWS::Lambda::Permission"))
        .filteredOn(permission -> permission.get("Principal").asText().startsWith("apigateway"))
        .hasSize(2);
  }

  @Test
  void noticesThatKeepFailingAreSetAside() {
    assertThat(stack.properties("AWS::SQS::Queue"))
        .filteredOn(queue -> queue.has("RedrivePolicy"))
        .singleElement()
        .satisfies(queue -> {
          assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(5);
          assertThat(queue.get("VisibilityTimeout").asInt()).isEqualTo(6 * 5 * 60);
        });
    JsonNode source = stack.only("AWS::Lambda::EventSourceMapping");
    assertThat(source.at("/ScalingConfig/MaximumConcurrency").asInt()).isEqualTo(2);
    assertThat(source.at("/FunctionResponseTypes/0").asText()).isEqualTo("ReportBatchItemFailures");
  }

  @Test
  void schedulesGiveCommandsThatTheHandlerKnows() {
    assertThat(stack.properties("AWS::Events::Rule"))
        .extracting(rule -> rule.at("/Targets/0/Input").asText())
        .containsExactlyInAnyOrder("{\"command\":\"sweep\"}", "{\"command\":\"gc\"}");
  }

  @Test
  void logsEndAfterAMonth() {
    assertThat(stack.properties("AWS::Logs::LogGroup"))
        .hasSize(4)
        .allMatch(group -> group.get("RetentionInDays").asInt() == 30);
    assertThat(stack.properties("AWS::Lambda::Function"))
        .allMatch(function -> function.at("/LoggingConfig/LogGroup").isObject());
  }

  @Test
  void accessLogsNameRoutesButNeverPaths() {
    assertThat(stack.only("AWS::ApiGatewayV2::Stage").at("/AccessLogSettings/Format").asText())
        .contains("$context.routeKey")
        .doesNotContain("$context.path", "$context.identity", "$context.authorizer");
  }

  @Test
  void outputsAreParametersToo() {
    assertThat(stack.properties("AWS::SSM::Parameter"))
        .extracting(parameter -> parameter.get("Name").asText())
        .containsExactlyInAnyOrderElementsOf(
            stack.stack().store().outputs().keySet().stream()
                .map(name -> "/siltstone/Test/" + name)
                .toList());
    stack
        .stack()
        .store()
        .outputs()
        .keySet()
        .forEach(name -> assertThat(stack.template().get("Outputs").has(name)).isTrue());
  }

  @Test
  void idlingCostsNoMoreThanAFewAlarms() {
    assertThat(stack.all("AWS::CloudWatch::Alarm")).hasSizeLessThanOrEqualTo(5);
    for (String costly :
        List.of(
            "AWS::CloudWatch::Dashboard",
            "AWS::KMS::Key",
            "AWS::EC2::VPC",
            "AWS::EC2::VPCEndpoint",
            "AWS::SecretsManager::Secret")) {
      assertThat(stack.all(costly)).as(costly).isEmpty();
    }
    assertThat(stack.properties("AWS::Lambda::Alias"))
        .hasSize(3)
        .noneMatch(alias -> alias.has("ProvisionedConcurrencyConfig"));
    assertThat(stack.properties("AWS::Lambda::EventSourceMapping")).hasSize(1);
  }
}
