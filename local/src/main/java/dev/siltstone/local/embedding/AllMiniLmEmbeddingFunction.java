package dev.siltstone.local.embedding;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.record.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * all-MiniLM-L6-v2 in this process: 384 dimensions, unit length, no network. The same model as
 * Chroma's default function, so that vectors of both are comparable, but with 8-bit weights: the
 * two make vectors that are close, not equal.
 *
 * <p>A text's first 256 tokens count (two of them mark its ends); the rest is not seen, as in
 * Chroma: split longer texts. The empty text has a vector too. The model is loaded by the first
 * call. Any number of threads may call; together they use as many cores as the constructor says.
 */
public final class AllMiniLmEmbeddingFunction implements EmbeddingFunction, AutoCloseable {
  /** What collections record. */
  public static final String NAME = "all-MiniLM-L6-v2";

  private final ExecutorService workers;
  private @Nullable MiniLmModel model;

  /**
   * @param cores texts embedded at a time
   */
  public AllMiniLmEmbeddingFunction(int cores) {
    this.workers =
        Executors.newFixedThreadPool(
            cores, Thread.ofPlatform().name("embedding-", 0).daemon().factory());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int dimension() {
    return MiniLmModel.DIMENSION;
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    MiniLmModel loaded = model();
    List<Future<Embedding>> pending = new ArrayList<>(texts.size());
    for (String text : texts) {
      pending.add(workers.submit(() -> Embedding.owning(loaded.embed(text))));
    }
    return collect(pending);
  }

  private static List<Embedding> collect(List<Future<Embedding>> pending) {
    try {
      List<Embedding> done = new ArrayList<>(pending.size());
      for (Future<Embedding> one : pending) {
        done.add(one.get());
      }
      return done;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while embedding", e);
    } catch (ExecutionException e) {
      throw new UnavailableException("embedding failed", e.getCause());
    } finally {
      pending.forEach(one -> one.cancel(false));
    }
  }

  private synchronized MiniLmModel model() {
    if (model == null) {
      model = MiniLmModel.load();
    }
    return model;
  }

  /** Ends the threads and frees the model; calls under way are finished first. */
  @Override
  public synchronized void close() {
    workers.close();
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
