package dev.siltstone.embedding.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.embedding.FakeModelServer;
import dev.siltstone.embedding.FakeModelServer.Reply;
import dev.siltstone.embedding.FakeModelServer.Request;
import dev.siltstone.embedding.RecordingClock;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

class BedrockEmbeddingFunctionTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TITAN = "amazon.titan-embed-text-v2:0";
  private static final String COHERE = "cohere.embed-english-v3";
  private static final String TEXT = "a secret document";

  private final Deque<Reply> failures = new ArrayDeque<>();
  private Function<Request, Reply> model = BedrockEmbeddingFunctionTest::lengths;
  private final FakeModelServer server =
      new FakeModelServer(request -> failures.isEmpty() ? model.apply(request) : failures.remove());
  private final BedrockRuntimeClient client = BedrockTestClient.at(server.address());
  private final RecordingClock clock = new RecordingClock();
  private final AwsCalls calls = new AwsCalls(clock, new Random(1));

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void asksTitanForOneTextAtATimeAndKeepsTheOrder() {
    List<String> texts = IntStream.range(1, 40).mapToObj("x"::repeat).toList();
    List<Embedding> embeddings = titan().embed(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(embeddings.get(i).get(0)).isEqualTo(i + 1);
    }
    assertThat(server.requests()).hasSize(39);
    Request request = server.requests().getFirst();
    assertThat(request.path()).isEqualTo("/model/amazon.titan-embed-text-v2%3A0/invoke");
    assertThat(request.headers().get("authorization")).startsWith("AWS4-HMAC-SHA256");
    JsonNode body = parse(request.body());
    assertThat(body.get("dimensions").intValue()).isEqualTo(256);
    assertThat(body.get("normalize").booleanValue()).isTrue();
    assertThat(body.size()).isEqualTo(3);
  }

  @Test
  void tellsCohereDocumentsFromQueries() {
    BedrockEmbeddingFunction cohere = cohere();
    assertThat(cohere.embed(List.of("four", "seven77")))
        .extracting(embedding -> embedding.get(0))
        .containsExactly(4f, 7f);
    cohere.embedQueries(List.of("what?"));
    assertThat(server.requests())
        .extracting(Request::body)
        .containsExactly(
            "{\"texts\":[\"four\",\"seven77\"],\"input_type\":\"search_document\","
                + "\"truncate\":\"END\"}",
            "{\"texts\":[\"what?\"],\"input_type\":\"search_query\",\"truncate\":\"END\"}");
  }

  @Test
  void sendsCohereAtMost96TextsAndCutsLongOnesBetweenCharacters() {
    List<String> texts =
        IntStream.range(0, 100)
            .mapToObj(i -> i == 5 ? "x".repeat(2_047) + "😀 and more" : "x".repeat(i + 1))
            .toList();
    List<Embedding> embeddings = cohere().embed(texts);
    assertThat(embeddings).hasSize(100);
    assertThat(embeddings.get(5).get(0)).isEqualTo(2_047f);
    assertThat(embeddings.get(99).get(0)).isEqualTo(100f);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void triesAgainWhenThrottled() {
    failures.add(error(429, "ThrottlingException", "Too many requests"));
    failures.add(error(503, "ServiceUnavailableException", "later"));
    assertThat(titan().embed(List.of(TEXT))).hasSize(1);
    assertThat(server.requests()).hasSize(3);
    assertThat(clock.sleeps()).hasSize(2);
  }

  @Test
  void givesUpAfterTenAttempts() {
    failures.addAll(Collections.nCopies(12, error(429, "ThrottlingException", "Too many")));
    assertThatThrownBy(() -> titan().embed(List.of(TEXT)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(TITAN)
        .hasMessageContaining("429");
    assertThat(server.requests()).hasSize(10);
  }

  @Test
  void tellsTheCallerThatTheTextsAreRefused() {
    failures.add(
        error(400, "ValidationException", "400 Bad Request: Too many input tokens: " + TEXT));
    Throwable failure = catchThrowable(() -> titan().embed(List.of(TEXT)));
    assertThat(failure).isInstanceOf(InvalidRequestException.class).hasNoCause();
    assertThat(failure).hasMessageContaining("too long");
    assertThat(failure.getMessage()).doesNotContain(TEXT);
  }

  @Test
  void saysThatAccessIsDenied() {
    failures.add(error(403, "AccessDeniedException", "You don't have access to the model"));
    assertThatThrownBy(() -> titan().embed(List.of(TEXT)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("don't have access");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void isUnavailableWhenNobodyAnswers() {
    server.close();
    assertThatThrownBy(() -> titan().embed(List.of(TEXT)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("invoking Bedrock model " + TITAN + " failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"embedding\":[1,2,3]}",
        "{\"embedding\":[1,\"x\"]}",
        "{\"embedding\":7}",
        "{\"embeddings\":[[1]]}",
        "{}",
        "",
        "a secret document",
        "{\"embedding\":[1,"
      })
  void alarmsWhenTheAnswerIsNotWhatWasAgreed(String body) {
    model = request -> Reply.ok(body);
    Throwable failure = catchThrowable(() -> titan().embed(List.of(TEXT)));
    assertThat(failure).isInstanceOf(CorruptDataException.class);
    assertThat(failure).hasMessageContaining(TITAN).hasNoCause();
    assertThat(failure.getMessage()).doesNotContain(TEXT);
  }

  @Test
  void alarmsWhenCohereAnswersFewerVectorsThanTexts() {
    model = request -> Reply.ok("{\"embeddings\":[[1,2]]}");
    assertThatThrownBy(() -> cohere().embed(List.of("a", "b")))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("1 vectors for 2 texts");
  }

  @Test
  void knowsItsModelsOnly() {
    assertThatThrownBy(() -> new BedrockEmbeddingFunction(client, calls, "meta.llama3", 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("meta.llama3");
    assertThatThrownBy(() -> new BedrockEmbeddingFunction(client, calls, TITAN, 300))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256, 512 or 1024");
    assertThat(new BedrockEmbeddingFunction(client, calls, "eu." + COHERE, 1_024).name())
        .isEqualTo("eu." + COHERE);
  }

  private BedrockEmbeddingFunction titan() {
    return new BedrockEmbeddingFunction(client, calls, TITAN, 256);
  }

  private BedrockEmbeddingFunction cohere() {
    return new BedrockEmbeddingFunction(client, calls, COHERE, 1_024);
  }

  private static Reply error(int status, String type, String message) {
    return new Reply(
        status,
        Map.of("x-amzn-errortype", type, "content-type", "application/json"),
        "{\"message\":\"" + message + "\"}");
  }

  /** Models whose vectors say how long the texts are. */
  private static Reply lengths(Request request) {
    JsonNode body = parse(request.body());
    if (body.has("inputText")) {
      String vector = vector(body.get("inputText").textValue(), body.get("dimensions").intValue());
      return Reply.ok("{\"embedding\":" + vector + ",\"inputTextTokenCount\":3}");
    }
    String vectors =
        body.get("texts")
            .valueStream()
            .map(text -> vector(text.textValue(), 1_024))
            .collect(Collectors.joining(","));
    return Reply.ok(
        "{\"id\":\"1\",\"texts\":[],\"embeddings\":[%s],\"response_type\":\"embeddings_floats\"}"
            .formatted(vectors));
  }

  private static String vector(String text, int dimension) {
    return "[" + text.length() + ",0.25".repeat(dimension - 1) + "]";
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
