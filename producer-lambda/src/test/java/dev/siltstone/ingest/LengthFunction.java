package dev.siltstone.ingest;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.record.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** An embedding function whose vectors repeat the text's length; remembers what it embedded. */
final class LengthFunction implements EmbeddingFunction {
  private final String name;
  private final int dimension;
  private final List<String> embedded = Collections.synchronizedList(new ArrayList<>());

  LengthFunction(String name, int dimension) {
    this.name = name;
    this.dimension = dimension;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    embedded.addAll(texts);
    return texts.stream().map(this::vector).toList();
  }

  Embedding vector(String text) {
    float[] values = new float[dimension];
    Arrays.fill(values, text.length());
    return Embedding.owning(values);
  }

  List<String> embedded() {
    return List.copyOf(embedded);
  }
}
