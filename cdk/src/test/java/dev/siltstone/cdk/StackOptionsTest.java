package dev.siltstone.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each option changes in the template. */
@NeedsNode
class StackOptionsTest {
  private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/abc";
  private static final String CERTIFICATE = "arn:aws:acm:eu-central-1:111122223333:certificate/abc";

  /** Many at once: a synthesis takes longer than the looks at it. */
  private static final Synthesised CHANGED =
      Synthesised.with(
          "architecture", "x86_64",
          "producerMemory", "512",
          "compactorMemory", "5120",
          "compactorDisk", "10",
          "compactorMinutes", "15",
          "queryMemory", "1769",
          "queryCache", "4",
          "provisionedConcurrency", "2",
          "access", "jwt",
          "jwtIssuer", "https://issuer.example",
          "jwtAudience", "one, two",
          "domainName", "vectors.example.org",
          "certificateArn", CERTIFICATE,
          "versioned", "true",
          "keyArn", KEY,
          "keepData", "false",
          "retainedSnapshots", "3",
          "retainedHours", "24",
          "readerGraceMinutes", "30",
          "embedding", "bedrock",
          "embeddingModel", "amazon.titan-embed-text-v2:0",
          "embeddingDimension", "512",
          "ingestQueue", "true",
          "importFiles", "true",
          "warmUp", "true",
          "sweepMinutes", "15",
          "collectHours", "12",
          "logDays", "7",
          "tracing", "true",
          "alarmEmail", "you@example.org",
          "dashboard", "true",
          "tags", "team=search,stage=live");

  private static final Synthesised ISOLATED =
      Synthesised.with(
          "vpc", "new",
          "access", "iam",
          "embedding", "bedrock",
          "embeddingModel", "cohere.embed-v4:0",
          "embeddingDimension", "1024",
          "alarmTopicArn", "arn:aws:sns:eu-central-1:111122223333:pager");

  @Test
  void functionsHaveTheirSizes() {
    JsonNode compactor = CHANGED.function(StoreFunctions.COMPACTOR_HANDLER);
    assertThat(compactor.get("MemorySize").asInt()).isEqualTo(5_120);
    assertThat(compactor.at("/EphemeralStorage/Size").asInt()).isEqualTo(10_240);
    assertThat(compactor.get("Timeout").asInt()).isEqualTo(900);
    assertThat(compactor.at("/Architectures/0").asText()).isEqualTo("x86_64");
    assertThat(CHANGED.function(StoreFunctions.PRODUCER_HANDLER).get("MemorySize").asInt())
        .isEqualTo(512);
    assertThat(queue("StorageNotices").get("VisibilityTimeout").asInt()).isEqualTo(6 * 900);
  }

  @Test
  void aLargeCacheTakesThePlaceOfSnapStart() {
    JsonNode query = CHANGED.function(StoreFunctions.QUERY_HANDLER);
    assertThat(query.at("/EphemeralStorage/Size").asInt()).isEqualTo(4_096);
    assertThat(query.has("SnapStart")).isFalse();
    assertThat(CHANGED.properties("AWS::Lambda::Alias"))
        .filteredOn(alias -> alias.has("ProvisionedConcurrencyConfig"))
        .singleElement()
        .matches(alias ->
            alias.at("/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions").asInt() == 2);
  }

  @Test
  void everyRouteAsksTheChosenAuthorizer() {
    assertThat(CHANGED.properties("AWS::ApiGatewayV2::Route"))
        .allMatch(route -> route.get("AuthorizationType").asText().equals("JWT"));
    assertThat(CHANGED.only("AWS::ApiGatewayV2::Authorizer").get("JwtConfiguration"))
        .hasToString("{\"Audience\":[\"one\",\"two\"],\"Issuer\":\"https://issuer.example\"}");
    assertThat(ISOLATED.properties("AWS::ApiGatewayV2::Route"))
        .allMatch(route -> route.get("AuthorizationType").asText().equals("AWS_IAM"));
  }

  @Test
  void functionsBehindAnAuthorizerAskForNoTokenOfTheirOwn() {
    assertThat(CHANGED.properties("AWS::Lambda::Function"))
        .allMatch(function ->
            function.at("/Environment/Variables/SILTSTONE_ACCESS").asText().equals("open"));
  }

  @Test
  void theDomainIsServedAndItsTargetTold() {
    assertThat(CHANGED.only("AWS::ApiGatewayV2::DomainName").get("DomainName").asText())
        .isEqualTo("vectors.example.org");
    assertThat(CHANGED.all("AWS::ApiGatewayV2::ApiMapping")).hasSize(1);
    assertThat(CHANGED.template().get("Outputs").has("DomainTarget")).isTrue();
  }

  @Test
  void theBucketUsesTheGivenKeyAndKeepsVersionsForAWhile() {
    JsonNode bucket = CHANGED.only("AWS::S3::Bucket");
    assertThat(bucket.get("BucketEncryption").toString()).contains("aws:kms", KEY);
    assertThat(bucket.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
    assertThat(bucket.get("LifecycleConfiguration").toString())
        .contains("\"NoncurrentDays\":7", "\"ExpiredObjectDeleteMarker\":true");
    assertThat(CHANGED.all("AWS::S3::Bucket").values())
        .allMatch(each -> each.get("DeletionPolicy").asText().equals("Delete"));
  }

  @Test
  void settingsReachTheFunctions() {
    JsonNode variables =
        CHANGED.function(StoreFunctions.COMPACTOR_HANDLER).at("/Environment/Variables");
    assertThat(variables.get("SILTSTONE_RETAINED_SNAPSHOTS").asText()).isEqualTo("3");
    assertThat(variables.get("SILTSTONE_RETAINED_HOURS").asText()).isEqualTo("24");
    assertThat(variables.get("SILTSTONE_READER_GRACE_MINUTES").asText()).isEqualTo("30");
    assertThat(variables.get("SILTSTONE_EMBEDDING_FUNCTION").asText()).isEqualTo("bedrock");
    assertThat(variables.get("SILTSTONE_EMBEDDING_DIMENSION").asText()).isEqualTo("512");
  }

  @Test
  void theIngestQueueFeedsTheProducerAndKeepsWhatIsRefused() {
    JsonNode feed = eventSource("IngestWrites");
    assertThat(feed.get("FunctionName").toString()).contains("FunctionsProducerLive");
    assertThat(feed.get("BatchSize").asInt()).isEqualTo(90);
    assertThat(feed.get("MaximumBatchingWindowInSeconds").asInt()).isEqualTo(1);
    assertThat(feed.get("FunctionResponseTypes").toString()).contains("ReportBatchItemFailures");
    JsonNode queue = queue("IngestWritesQueue");
    int timeout = CHANGED.function(StoreFunctions.PRODUCER_HANDLER).get("Timeout").asInt();
    assertThat(queue.get("VisibilityTimeout").asInt()).isEqualTo(6 * timeout);
    assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(10);
    assertThat(queue.at("/RedrivePolicy/deadLetterTargetArn").toString())
        .contains("IngestWritesDead");
    assertThat(queue("IngestWritesDead").get("MessageRetentionPeriod").asInt())
        .as("ids of writes stay for 21 days, which is longer than any message does")
        .isEqualTo(14 * 86_400);
    assertThat(CHANGED.template().get("Outputs").has("IngestQueue")).isTrue();
    assertThat(ISOLATED.all("AWS::SQS::Queue")).as("not asked for").hasSize(2);
  }

  @Test
  void theBucketAnnouncesDroppedFilesToAQueueThatFeedsTheProducerOneByOne() {
    JsonNode announced =
        CHANGED.only("AWS::S3::Bucket").at("/NotificationConfiguration/QueueConfigurations/0");
    assertThat(announced.get("Event").asText()).isEqualTo("s3:ObjectCreated:*");
    assertThat(announced.at("/Filter/S3Key/Rules").toString())
        .isEqualTo("[{\"Name\":\"prefix\",\"Value\":\"import/\"}]");
    assertThat(announced.get("Queue").toString()).contains("IngestFilesQueue");
    assertThat(CHANGED.all("AWS::S3::Bucket").values().iterator().next().get("DependsOn"))
        .as("S3 tries the queue before it takes the configuration")
        .anyMatch(each -> each.asText().contains("IngestFilesQueuePolicy"));
    assertThat(eventSource("IngestFiles").get("BatchSize").asInt()).isEqualTo(1);
    assertThat(
            CHANGED
                .function(StoreFunctions.PRODUCER_HANDLER)
                .at("/Environment/Variables/SILTSTONE_IMPORT_QUEUE_URL")
                .toString())
        .contains("IngestFilesQueue");
    assertThat(ISOLATED.only("AWS::S3::Bucket").has("NotificationConfiguration")).isFalse();
    assertThat(CHANGED.all("Custom::S3BucketNotifications")).isEmpty();
  }

  @Test
  void theCompactorAloneKnowsWhichFunctionToWarmUp() {
    String variable = "SILTSTONE_WARM_UP_FUNCTION";
    assertThat(
            CHANGED
                .function(StoreFunctions.COMPACTOR_HANDLER)
                .at("/Environment/Variables/" + variable)
                .toString())
        .contains("FunctionsQueryLive");
    assertThat(CHANGED.function(StoreFunctions.QUERY_HANDLER).toString()).doesNotContain(variable);
    assertThat(ISOLATED.function(StoreFunctions.COMPACTOR_HANDLER).toString())
        .doesNotContain(variable);
  }

  @Test
  void alarmsOnOurMetricsLookAtThisStoreOnly() {
    assertThat(CHANGED.properties("AWS::CloudWatch::Alarm"))
        .filteredOn(alarm -> alarm.path("Namespace").asText().equals("Siltstone"))
        .hasSize(2)
        .allSatisfy(alarm ->
            assertThat(alarm.get("Dimensions").toString())
                .contains("\"Function\"", "{\"Name\":\"Store\",\"Value\":\"Test\"}"));
    assertThat(CHANGED.properties("AWS::Lambda::Function"))
        .allSatisfy(function ->
            assertThat(function.at("/Environment/Variables/SILTSTONE_STORE").asText())
                .isEqualTo("Test"));
  }

  private static JsonNode eventSource(String queue) {
    return CHANGED.properties("AWS::Lambda::EventSourceMapping").stream()
        .filter(source -> source.get("EventSourceArn").toString().contains(queue))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode queue(String id) {
    return CHANGED.all("AWS::SQS::Queue").entrySet().stream()
        .filter(queue -> queue.getKey().contains(id))
        .findFirst()
        .orElseThrow()
        .getValue()
        .get("Properties");
  }

  @Test
  void schedulesRunAsOften() {
    assertThat(CHANGED.properties("AWS::Events::Rule"))
        .extracting(rule -> rule.get("ScheduleExpression").asText())
        .containsExactlyInAnyOrder("rate(15 minutes)", "rate(12 hours)");
  }

  @Test
  void logsTracesAndTagsAreAsAsked() {
    assertThat(CHANGED.properties("AWS::Logs::LogGroup"))
        .allMatch(group -> group.get("RetentionInDays").asInt() == 7);
    assertThat(CHANGED.properties("AWS::Lambda::Function"))
        .allMatch(function -> function.at("/TracingConfig/Mode").asText().equals("Active"));
    assertThat(CHANGED.only("AWS::S3::Bucket").get("Tags").toString())
        .contains("{\"Key\":\"team\",\"Value\":\"search\"}");
  }

  @Test
  void alarmsReachPeople() {
    assertThat(CHANGED.properties("AWS::CloudWatch::Alarm"))
        .allMatch(alarm -> alarm.get("AlarmActions").size() == 1);
    assertThat(CHANGED.only("AWS::SNS::Subscription").get("Endpoint").asText())
        .isEqualTo("you@example.org");
    assertThat(CHANGED.only("AWS::SNS::TopicPolicy").toString())
        .contains("cloudwatch.amazonaws.com", "aws:SourceAccount");
    assertThat(ISOLATED.properties("AWS::CloudWatch::Alarm"))
        .allMatch(alarm -> alarm.get("AlarmActions").toString().contains(":pager"));
    assertThat(CHANGED.all("AWS::CloudWatch::Dashboard")).hasSize(1);
    assertThat(Synthesised.with("alarms", "false").all("AWS::CloudWatch::Alarm")).isEmpty();
  }

  @Test
  void anIsolatedNetworkReachesWhatTheFunctionsNeedAndNothingElse() {
    assertThat(ISOLATED.properties("AWS::EC2::VPCEndpoint"))
        .extracting(endpoint -> service(endpoint) + " " + endpoint.get("VpcEndpointType").asText())
        .containsExactlyInAnyOrder(
            "s3 Gateway", "dynamodb Gateway", "sqs Interface", "bedrock-runtime Interface");
    for (String wayOut : List.of("AWS::EC2::NatGateway", "AWS::EC2::InternetGateway")) {
      assertThat(ISOLATED.all(wayOut)).isEmpty();
    }
    assertThat(ISOLATED.properties("AWS::Lambda::Function"))
        .allMatch(function -> function.at("/VpcConfig/SubnetIds").size() == 2);
  }

  @Test
  void warmingUpFromAnIsolatedNetworkHasAWay() {
    assertThat(Synthesised.with("vpc", "new", "warmUp", "true").properties("AWS::EC2::VPCEndpoint"))
        .extracting(StackOptionsTest::service)
        .contains("lambda");
  }

  @Test
  void anExistingNetworkIsLookedUp() {
    assertThat(Synthesised.with("vpc", "vpc-0123456789abcdef0").properties("AWS::Lambda::Function"))
        .allMatch(function -> !function.at("/VpcConfig/SubnetIds").isEmpty());
  }

  @Test
  void aKeyForAnEndpointIsNamedNotWritten() {
    JsonNode function =
        Synthesised.with(
                "embedding", "openai",
                "embeddingUrl", "https://models.example/v1",
                "embeddingModel", "small",
                "embeddingDimension", "256",
                "embeddingSecret", "models/key")
            .function(StoreFunctions.PRODUCER_HANDLER);
    assertThat(function.at("/Environment/Variables/SILTSTONE_EMBEDDING_API_KEY").asText())
        .startsWith("{{resolve:secretsmanager:models/key:SecretString");
  }

  /** The last part of {@code com.amazonaws.<region>.<service>}, however it is put together. */
  private static String service(JsonNode endpoint) {
    String name = endpoint.get("ServiceName").toString().replaceAll("[^a-z0-9.-]", "");
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
