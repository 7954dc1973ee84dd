package dev.siltstone.embedding.openai;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.embedding.TextBatches;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.record.Embedding;
import dev.siltstone.time.Clock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Embeds through any server that speaks OpenAI's {@code POST /embeddings}: OpenAI itself, Ollama,
 * vLLM, text-embeddings-inference and others. Throttling, server errors and lost connections are
 * tried again, at most {@value #MAX_ATTEMPTS} times in all, waiting as the server asks.
 *
 * <p>Texts longer than the model's window are the server's business: most refuse them.
 */
public final class OpenAiCompatibleEmbeddingFunction implements EmbeddingFunction {
  static final int MAX_ATTEMPTS = 5;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

  /** OpenAI takes 2,048 texts and 300,000 tokens; smaller servers start to refuse far below. */
  private static final TextBatches BATCHES = new TextBatches(128, 200_000, 4);

  private final OpenAiEndpoint endpoint;
  private final EmbeddingsJson json;
  private final HttpClient http;
  private final Backoff backoff;

  public OpenAiCompatibleEmbeddingFunction(
      OpenAiEndpoint endpoint, Clock clock, RandomGenerator random) {
    this.endpoint = endpoint;
    this.json = new EmbeddingsJson(endpoint);
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.backoff = new Backoff(clock, random);
  }

  @Override
  public String name() {
    return endpoint.model();
  }

  @Override
  public int dimension() {
    return endpoint.dimension();
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    return texts.isEmpty() ? List.of() : BATCHES.embed(texts, this::embedBatch);
  }

  private List<Embedding> embedBatch(List<String> texts) {
    HttpRequest request = request(texts);
    for (int attempt = 1; ; attempt++) {
      switch (attempt(request)) {
        case Answer.Embeddings answer -> {
          return json.embeddings(answer.body(), texts.size());
        }
        case Answer.Refused refused -> throw refused.failure();
        case Answer.Later later -> waitBeforeNext(attempt, later);
      }
    }
  }

  private HttpRequest request(List<String> texts) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.embeddings())
            .timeout(REQUEST_TIMEOUT)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json.request(texts)));
    ApiKey key = endpoint.key();
    if (key != null) {
      request.header("authorization", "Bearer " + key.value());
    }
    return request.build();
  }

  private Answer attempt(HttpRequest request) {
    try {
      return read(http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      return new Answer.Later("did not answer", Optional.empty(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Refused(new UnavailableException("interrupted while embedding", e));
    }
  }

  private Answer read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    return switch (status) {
      case 200 -> new Answer.Embeddings(response.body());
      case 408, 425, 429 -> later(response);
      case 400, 413, 422 ->
          new Answer.Refused(
              new InvalidRequestException(
                  "Embedding model %s refused the documents with status %d: they may be too long"
                      .formatted(endpoint.model(), status)));
      default -> status >= 500 ? later(response) : misconfigured(status);
    };
  }

  private Answer later(HttpResponse<byte[]> response) {
    return new Answer.Later(
        "answered with status " + response.statusCode(), backoff.asked(response.headers()), null);
  }

  /** A wrong key, address or model name: nothing that the request could mend. */
  private Answer misconfigured(int status) {
    return new Answer.Refused(
        new UnavailableException(
            "Embedding model %s answered with status %d: check its address, name and key"
                .formatted(endpoint.model(), status),
            null));
  }

  private void waitBeforeNext(int attempt, Answer.Later later) {
    Duration pause = later.asked().orElseGet(() -> backoff.jittered(attempt));
    if (attempt == MAX_ATTEMPTS || pause.compareTo(Backoff.LONGEST) > 0) {
      throw new UnavailableException(
          "Embedding model %s %s, %d times".formatted(endpoint.model(), later.what(), attempt),
          later.asked().orElse(Duration.ofSeconds(1)),
          later.cause());
    }
    backoff.sleep(pause);
  }

  /** What one attempt came to. */
  private sealed interface Answer {
    record Embeddings(byte[] body) implements Answer {}

    record Refused(SiltstoneException failure) implements Answer {}

    record Later(String what, Optional<Duration> asked, @Nullable Throwable cause)
        implements Answer {}
  }
}
