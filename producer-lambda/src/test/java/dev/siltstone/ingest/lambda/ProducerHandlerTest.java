package dev.siltstone.ingest.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.ingest.IngestFixture;
import dev.siltstone.metrics.InvocationMetrics;
import dev.siltstone.settings.Settings;
import dev.siltstone.time.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerHandlerTest {
  private static final String RECORDS = "'ids':['a','b'],'embeddings':[[1,2],[3,4]]";

  @TempDir private Path folder;
  private IngestFixture fixture;
  private ProducerHandler handler;

  @BeforeEach
  void open() {
    fixture = new IngestFixture(folder);
    handler =
        new ProducerHandler(
            Producer.of(
                fixture.ingestor(),
                null,
                AccessGuard.open(),
                IngestFixture.LIMITS,
                new InvocationMetrics(_ -> {}),
                Clock.system()));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void writesAnEventPayload() throws IOException {
    JsonNode answer = invoke("{'collection':'docs','operation':'add'," + RECORDS + "}");
    assertThat(answer.get("count").intValue()).isEqualTo(2);
    assertThat(answer.get("sequence").longValue()).isEqualTo(1);
    assertThat(answer.get("delta_key").textValue())
        .isEqualTo(fixture.objects().getFirst().key().value())
        .startsWith("delta/" + IngestFixture.COLLECTION + "/");
    assertThat(fixture.notices()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'collection':'docs','operation':'add','ids':['a'],'embeddings':[[1,NaN]]}"
            + " | InvalidArgumentError",
        "{'collection':'nope','operation':'add','ids':['a'],'embeddings':[[1,2]]} | NotFoundError",
        "{'collection':'docs','operation':'add','ids':['a']} | ChromaError",
        "{'collection':'docs','operation':'add','ids':['a','b'],'embeddings':[[1,2]]}"
            + " | Inconsistent number",
        "{'collection':'docs','operation':'add','ids':['']} | Error",
        "{'collection':'docs','operation':'add','ids':['a'],'embeddings':[[1,2]],"
            + "'metadatas':[{'o':{}}]} | metadatas[0].o",
        "{} | has no"
      })
  void failsTheInvocationOfABadPayloadWithJsonAndLeavesNothing(String payload, String message) {
    assertThatThrownBy(() -> invoke(payload))
        .hasMessageMatching("\\{\"error\":\"\\w+\",\"message\":\".*\"}")
        .hasMessageContaining(message.strip());
    fixture.assertNothingLeft();
  }

  @Test
  void appliesMessagesOfTheQueueOnceAndAnswersThoseThatMustComeAgain() throws IOException {
    String good = "{'operation_id':'one','collection':'docs','operation':'add'," + RECORDS + "}";
    String again = messages("m1", good, "m2", "{'collection':'docs'}", "m3", good, "m4", "silt");

    for (int delivery = 0; delivery < 2; delivery++) {
      assertThat(invoke(again))
          .hasToString(
              "{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"},{\"itemIdentifier\":\"m4\"}]}");
    }
    assertThat(fixture.applied()).isEqualTo(2);
  }

  @Test
  void takesNoOperationIdOutsideTheQueue() {
    assertThatThrownBy(() ->
            invoke("{'operation_id':'x','collection':'docs','operation':'delete','ids':['a']}"))
        .hasMessageContaining("ingest queue");
  }

  /** As the event source hands messages over: pairs of an id and a body. */
  private static String messages(String... idsAndBodies) {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < idsAndBodies.length; i += 2) {
      records.append(
          ("%s{'messageId':'%s','attributes':{'ApproximateReceiveCount':'1'},'body':'%s',"
                  + "'eventSource':'aws:sqs','eventSourceARN':'arn:aws:sqs:eu-central-1:1:Queue'}")
              .formatted(
                  i == 0 ? "" : ",", idsAndBodies[i], idsAndBodies[i + 1].replace("'", "\\'")));
    }
    return "{'Records':[" + records + "]}";
  }

  @ParameterizedTest
  @CsvSource({"add,201", "upsert,200", "update,200"})
  void answersHttpEventsOfItsRoutes(String route, int status) throws IOException {
    JsonNode answer = post(route, false, "{" + RECORDS + "}");
    assertThat(answer.get("statusCode").intValue()).isEqualTo(status);
    assertThat(answer.get("body").textValue()).isEqualTo("{}");
    assertThat(answer.get("isBase64Encoded").booleanValue()).isFalse();
    assertThat(answer.at("/headers/x-siltstone-token").textValue()).isEqualTo("1");
    assertThat(answer.at("/headers/content-type").textValue()).isEqualTo("application/json");
    fixture.assertOnly(1);
  }

  @Test
  void readsBase64BodiesThatAreCompressed() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(json("{" + RECORDS + "}"));
    }
    JsonNode answer =
        post("add", true, Base64.getEncoder().encodeToString(compressed.toByteArray()));
    assertThat(answer.get("statusCode").intValue()).as("%s", answer).isEqualTo(201);
  }

  @Test
  void refusesABodyThatInflatesBeyondTheLimit() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[50 << 20]);
    }
    JsonNode answer = post("add", true, Base64.getEncoder().encodeToString(bomb.toByteArray()));
    assertThat(answer.get("statusCode").intValue()).isEqualTo(413);
    fixture.assertNothingLeft();
  }

  @Test
  void answersBadHttpRequestsAsJsonAndLeavesNothing() throws IOException {
    JsonNode answer = post("add", false, "{'ids':['a'],");
    assertThat(answer.get("statusCode").intValue()).isEqualTo(400);
    assertThat(answer.get("body").textValue()).startsWith("{\"error\":\"InvalidArgumentError\"");
    assertThat(post("query", false, "{}").get("statusCode").intValue()).isEqualTo(404);
    assertThat(post("nonsense", false, "{}").get("statusCode").intValue()).isEqualTo(404);
    fixture.assertNothingLeft();
  }

  @Test
  void namesTheSettingThatIsMissing() {
    System.setProperty("aws.region", "eu-central-1");
    assertThatThrownBy(() -> Producer.of(new Settings(Map.of("SILTSTONE_TABLE", "t"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("environment variable SILTSTONE_BUCKET is not set");
  }

  @Test
  void buildsItselfFromTheEnvironmentWithoutACall() {
    System.setProperty("aws.region", "eu-central-1");
    var settings =
        new Settings(
            Map.of(
                "SILTSTONE_TABLE", "t",
                "SILTSTONE_BUCKET", "b",
                "SILTSTONE_QUEUE_URL", "https://sqs.eu-central-1.amazonaws.com/1/q",
                "SILTSTONE_EMBEDDING_FUNCTION", "bedrock",
                "SILTSTONE_EMBEDDING_MODEL", "cohere.embed-multilingual-v3",
                "SILTSTONE_EMBEDDING_DIMENSION", "1024"));
    assertThat(Producer.of(settings).api()).isNotNull();
  }

  private JsonNode post(String route, boolean compressed, String body) throws IOException {
    String event =
        """
        {'version':'2.0','routeKey':'POST /x','rawPath':'/api/v2/tenants/default_tenant/databases/\
        default_database/collections/%s/%s','rawQueryString':'','headers':{'Content-Type':\
        'application/json'%s},'requestContext':{'accountId':'1','http':{'method':'POST','path':'/',\
        'sourceIp':'127.0.0.1'},'stage':'$default'},'isBase64Encoded':%s,'body':\
        """
            .formatted(
                IngestFixture.COLLECTION,
                route,
                compressed ? ",'content-encoding':'gzip'" : "",
                compressed);
    String quoted = new ObjectMapper().writeValueAsString(body.replace('\'', '"'));
    return invokeRaw((event.replace('\'', '"') + quoted + "}").getBytes(UTF_8));
  }

  private JsonNode invoke(String payload) throws IOException {
    return invokeRaw(json(payload));
  }

  private JsonNode invokeRaw(byte[] event) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), output, new NoContext());
    return new ObjectMapper().readTree(output.toByteArray());
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }
}
