package dev.siltstone.benchmarks.pipeline;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.record.Embedding;
import java.util.List;

/** These figures bring their own vectors. */
public final class NoEmbedding implements EmbeddingFunction {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    throw new IllegalStateException("no text is to be embedded");
  }
}
