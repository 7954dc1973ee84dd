package dev.siltstone.embedding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

class OpenAiCompatibleEmbeddingFunctionTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String KEY = "sk-test-do-not-print";
  private static final String TEXT = "a secret document";

  private final RecordingClock clock = new RecordingClock();
  private final Deque<Reply> failures = new ArrayDeque<>();
  private Function<Request, Reply> model = OpenAiCompatibleEmbeddingFunctionTest::lengths;
  private final FakeModelServer server =
      new FakeModelServer(request -> failures.isEmpty() ? model.apply(request) : failures.remove());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsModelTextsAndKeyAndReadsTheVectors() {
    List<Embedding> embeddings = function().embed(List.of("four", "seven77"));
    assertThat(embeddings).containsExactly(Embedding.of(4, 0.5f), Embedding.of(7, 0.5f));
    Request request = server.requests().getFirst();
    assertThat(request.path()).isEqualTo("/v1/embeddings");
    assertThat(request.headers()).containsEntry("authorization", "Bearer " + KEY);
    assertThat(parse(request.body()).toString())
        .isEqualTo(
            "{\"model\":\"test-model\",\"encoding_format\":\"float\","
                + "\"input\":[\"four\",\"seven77\"]}");
  }

  @Test
  void asksForADimensionOnlyOfModelsThatShorten() {
    var endpoint = new OpenAiEndpoint(base(), "test-model", null, 2, true);
    new OpenAiCompatibleEmbeddingFunction(endpoint, clock, new Random(1)).embed(List.of(TEXT));
    Request request = server.requests().getFirst();
    assertThat(parse(request.body()).get("dimensions").intValue()).isEqualTo(2);
    assertThat(request.headers()).doesNotContainKey("authorization");
  }

  @Test
  void ordersByIndexNotByPosition() {
    model =
        request ->
            Reply.ok(
                "{\"object\":\"list\",\"data\":["
                    + "{\"object\":\"embedding\",\"embedding\":[3,0],\"index\":2},"
                    + "{\"index\":0,\"embedding\":[1,0],\"object\":\"embedding\"},"
                    + "{\"embedding\":[2e0,0.0],\"index\":1}],"
                    + "\"usage\":{\"prompt_tokens\":3}}");
    assertThat(function().embed(List.of("a", "b", "c")))
        .containsExactly(Embedding.of(1, 0), Embedding.of(2, 0), Embedding.of(3, 0));
  }

  @Test
  void cutsManyTextsIntoRequestsAndJoinsThemInOrder() {
    List<String> texts = IntStream.range(0, 300).mapToObj("x"::repeat).toList();
    List<Embedding> embeddings = function().embed(texts);
    assertThat(embeddings).hasSize(300);
    for (int i = 0; i < 300; i++) {
      assertThat(embeddings.get(i).get(0)).isEqualTo(i);
    }
    assertThat(server.requests()).hasSize(3);
    assertThat(function().embed(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void triesAgainAfterWaitingLongerEachTime(int status) {
    for (int i = 0; i < 4; i++) {
      failures.add(Reply.status(status, "{\"error\":{\"message\":\"" + TEXT + "\"}}"));
    }
    assertThat(function().embed(List.of(TEXT))).hasSize(1);
    assertThat(server.requests()).hasSize(5);
    assertThat(clock.sleeps()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(clock.sleeps().get(i)).isLessThanOrEqualTo(Duration.ofMillis(250L << i));
    }
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    failures.add(new Reply(429, Map.of("retry-after", "3"), ""));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            RecordingClock.START.plusSeconds(8).atOffset(ZoneOffset.UTC));
    failures.add(new Reply(503, Map.of("retry-after", date), ""));
    function().embed(List.of(TEXT));
    assertThat(clock.sleeps()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  @Test
  void passesALongWaitOnToItsCaller() {
    failures.add(new Reply(429, Map.of("retry-after", "120"), ""));
    assertThatThrownBy(() -> function().embed(List.of(TEXT)))
        .isInstanceOfSatisfying(
            UnavailableException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(120)));
    assertThat(clock.sleeps()).isEmpty();
  }

  @Test
  void givesUpAfterFiveAttempts() {
    failures.addAll(Collections.nCopies(6, Reply.status(503, TEXT)));
    Throwable failure = catchThrowable(() -> function().embed(List.of(TEXT)));
    assertThat(failure).isInstanceOf(UnavailableException.class);
    assertThat(failure).hasMessage("Embedding model test-model answered with status 503, 5 times");
    assertThat(server.requests()).hasSize(5);
    leaksNothing(failure);
  }

  @Test
  void triesAgainWhenNobodyAnswers() {
    OpenAiCompatibleEmbeddingFunction function = function();
    server.close();
    Throwable failure = catchThrowable(() -> function.embed(List.of(TEXT)));
    assertThat(failure).isInstanceOf(UnavailableException.class);
    assertThat(failure).hasMessageContaining("did not answer, 5 times");
    assertThat(failure).hasCauseInstanceOf(IOException.class);
    leaksNothing(failure);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void tellsTheCallerThatTheTextsAreRefused(int status) {
    failures.add(Reply.status(status, "{\"error\":{\"message\":\"too long: " + TEXT + "\"}}"));
    Throwable failure = catchThrowable(() -> function().embed(List.of(TEXT)));
    assertThat(failure).isInstanceOf(InvalidRequestException.class);
    assertThat(failure).hasMessageContaining("status " + status);
    leaksNothing(failure);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 403, 404})
  void saysThatTheConfigurationIsWrongWithoutTryingAgain(int status) {
    failures.add(Reply.status(status, "Incorrect API key provided: " + KEY));
    Throwable failure = catchThrowable(() -> function().embed(List.of(TEXT)));
    assertThat(failure).isInstanceOf(UnavailableException.class);
    assertThat(failure).hasMessageContaining("check its address, name and key");
    leaksNothing(failure);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":[{\"index\":0,\"embedding\":[1,2,3]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,null]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,1e39]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":\"AAAA\"}]}",
        "{\"data\":[{\"index\":1,\"embedding\":[1,2]}]}",
        "{\"data\":[{\"index\":-1,\"embedding\":[1,2]}]}",
        "{\"data\":[{\"embedding\":[1,2]}]}",
        "{\"data\":[{\"index\":0}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":0,\"embedding\":[1,2]}]}",
        "{\"data\":[]}",
        "{\"data\":{}}",
        "{\"data\":[7]}",
        "{}",
        "[]",
        "",
        "{\"data\":[{\"index\":0,\"embedding\":[1,2",
        "a secret document"
      })
  void alarmsWhenTheAnswerIsNotWhatWasAgreed(String body) {
    model = request -> Reply.ok(body);
    Throwable failure = catchThrowable(() -> function().embed(List.of(TEXT)));
    assertThat(failure).isInstanceOf(CorruptDataException.class);
    assertThat(failure).hasMessageContaining("test-model");
    leaksNothing(failure);
  }

  @Test
  void hidesTheKey() {
    assertThat(endpoint().toString()).doesNotContain(KEY);
    assertThatThrownBy(() -> new ApiKey("two words")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAddressesThatAreNotHttp() {
    for (String base : List.of("ftp://host/v1", "/v1", "http://user:pass@host/v1", "http://h?x")) {
      assertThatThrownBy(() -> new OpenAiEndpoint(URI.create(base), "m", null, 2, false))
          .as(base)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void leaksNothing(Throwable failure) {
    List<String> messages = new ArrayList<>();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      messages.add(String.valueOf(t.getMessage()));
    }
    assertThat(messages).noneMatch(message -> message.contains(KEY) || message.contains(TEXT));
  }

  private OpenAiCompatibleEmbeddingFunction function() {
    return new OpenAiCompatibleEmbeddingFunction(endpoint(), clock, new Random(1));
  }

  private OpenAiEndpoint endpoint() {
    return new OpenAiEndpoint(base(), "test-model", new ApiKey(KEY), 2, false);
  }

  private URI base() {
    return server.address().resolve("/v1");
  }

  /** A model whose vectors say how long the texts are. */
  private static Reply lengths(Request request) {
    JsonNode input = parse(request.body()).get("input");
    return Reply.ok(
        IntStream.range(0, input.size())
            .mapToObj(i ->
                "{\"object\":\"embedding\",\"index\":%d,\"embedding\":[%d,0.5]}"
                    .formatted(i, input.get(i).textValue().length()))
            .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
