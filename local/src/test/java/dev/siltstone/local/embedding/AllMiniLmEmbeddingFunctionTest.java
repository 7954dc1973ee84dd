package dev.siltstone.local.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.siltstone.record.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AllMiniLmEmbeddingFunctionTest {
  private static final AllMiniLmEmbeddingFunction FUNCTION = new AllMiniLmEmbeddingFunction(2);

  @AfterAll
  static void close() {
    FUNCTION.close();
  }

  @Test
  void makesUnitVectorsOf384Values() {
    Embedding vector = embed("a shock wave in a hypersonic flow");
    assertThat(vector.dimension()).isEqualTo(FUNCTION.dimension()).isEqualTo(384);
    assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
    assertThat(FUNCTION.name()).isEqualTo("all-MiniLM-L6-v2");
  }

  /** First values of the full-precision model for this text, as published with it. */
  @Test
  void staysNearTheFullPrecisionModel() {
    double[] published = {-0.034477, 0.031023, 0.006735, 0.026109, -0.039362};
    Embedding vector = embed("hello world");
    for (int i = 0; i < published.length; i++) {
      assertThat((double) vector.get(i)).isCloseTo(published[i], within(0.02));
    }
  }

  @Test
  void findsWhatMeansTheSame() {
    Embedding question = embed("How do I reset my password?");
    Embedding near = embed("I forgot my login credentials and cannot sign in");
    Embedding far = embed("The boundary layer separates behind the cylinder");
    assertThat(dot(question, near)).isGreaterThan(dot(question, far) + 0.2);
  }

  @Test
  void keepsTheOrderOfTheTexts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add("text number " + i + " about " + "things ".repeat(i));
    }
    List<Embedding> together = FUNCTION.embed(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(together.get(i)).as(texts.get(i)).isEqualTo(embed(texts.get(i)));
    }
  }

  @Test
  void seesTwoHundredAndFiftySixTokensAndNoMore() {
    String window = "word ".repeat(254);
    assertThat(embed(window + "flutter of panels")).isEqualTo(embed(window));
    assertThat(embed("word ".repeat(250) + "flutter")).isNotEqualTo(embed(window));
  }

  @Test
  void embedsTheEmptyText() {
    assertThat(dot(embed(""), embed("  \n"))).isCloseTo(1, within(1e-5));
    assertThat(FUNCTION.embed(List.of())).isEmpty();
  }

  @Test
  void servesManyCallersAtOnce() throws InterruptedException, ExecutionException {
    Embedding alone = embed("the same text");
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Embedding>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        answers.add(callers.submit(() -> embed("the same text")));
      }
      for (Future<Embedding> answer : answers) {
        assertThat(answer.get()).isEqualTo(alone);
      }
    }
  }

  private static Embedding embed(String text) {
    return FUNCTION.embed(List.of(text)).getFirst();
  }

  private static double dot(Embedding a, Embedding b) {
    double sum = 0;
    for (int i = 0; i < a.dimension(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }
}
