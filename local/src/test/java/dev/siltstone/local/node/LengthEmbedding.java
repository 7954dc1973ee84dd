package dev.siltstone.local.node;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.record.Embedding;
import java.util.List;

/** A text's length and a constant: enough to see whose vectors a record has. */
public final class LengthEmbedding implements EmbeddingFunction {
  @Override
  public String name() {
    return "length";
  }

  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    return texts.stream().map(text -> Embedding.owning(new float[] {text.length(), 1})).toList();
  }
}
