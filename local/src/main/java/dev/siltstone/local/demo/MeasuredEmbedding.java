package dev.siltstone.local.demo;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.record.Embedding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Another embedding function, and the time that its callers have spent in it. */
final class MeasuredEmbedding implements EmbeddingFunction {
  private final EmbeddingFunction measured;
  private final LongAdder nanos = new LongAdder();

  MeasuredEmbedding(EmbeddingFunction measured) {
    this.measured = measured;
  }

  @Override
  public String name() {
    return measured.name();
  }

  @Override
  public int dimension() {
    return measured.dimension();
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    long started = System.nanoTime();
    try {
      return measured.embed(texts);
    } finally {
      nanos.add(System.nanoTime() - started);
    }
  }

  /** Summed over all callers, so with several of them it passes faster than the clock. */
  Duration spent() {
    return Duration.ofNanos(nanos.sum());
  }
}
