package dev.siltstone.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingFunctionsTest {
  private record Named(String name, int dimension) implements EmbeddingFunction {
    @Override
    public List<Embedding> embed(List<String> texts) {
      throw new AssertionError("not asked to embed");
    }
  }

  private static final EmbeddingFunction SMALL = new Named("small", 3);
  private static final EmbeddingFunction LARGE = new Named("large", 8);
  private final EmbeddingFunctions functions = new EmbeddingFunctions(List.of(SMALL, LARGE));

  @Test
  void givesTheFirstToANewCollection() {
    assertThat(functions.forCollection(null, 0)).isEqualTo(SMALL);
    assertThat(functions.forCollection(null, 3)).isEqualTo(SMALL);
  }

  @Test
  void givesTheRecordedOneToAnOldCollection() {
    assertThat(functions.forCollection("large", 8)).isEqualTo(LARGE);
  }

  @Test
  void refusesARecordedFunctionThatIsNotConfigured() {
    assertThatThrownBy(() -> functions.forCollection("gone", 3))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("made by embedding function gone")
        .hasMessageContaining("small, large");
  }

  @Test
  void refusesADimensionThatTheFirstDoesNotMake() {
    assertThatThrownBy(() -> functions.forCollection(null, 5))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("dimension of 5, but embedding function small makes 3");
  }

  @Test
  void saysThatNoneIsConfigured() {
    assertThatThrownBy(() -> EmbeddingFunctions.NONE.forCollection(null, 0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("send embeddings");
  }

  @Test
  void refusesTwoOfOneName() {
    assertThatThrownBy(() -> new EmbeddingFunctions(List.of(SMALL, new Named("small", 4))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
