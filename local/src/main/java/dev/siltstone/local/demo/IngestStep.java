package dev.siltstone.local.demo;

import dev.siltstone.local.terminal.Progress;
import dev.siltstone.local.terminal.Screen;
import dev.siltstone.report.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Several producers, each taking the next few passages, embedding them and writing them as one
 * delta, until none are left.
 */
final class IngestStep {
  private static final int LARGEST_BATCH = 16;

  /** So that every producer has some. */
  private static final int BATCHES_PER_PRODUCER = 4;

  private final Screen screen;
  private final MeasuredEmbedding embedding;
  private final int producers;
  private final LongAdder callNanos = new LongAdder();

  IngestStep(Screen screen, MeasuredEmbedding embedding, int producers) {
    this.screen = screen;
    this.embedding = embedding;
    this.producers = producers;
  }

  void run(DemoCollection collection, List<Passage> passages) {
    List<List<Passage>> batches = batches(passages);
    Duration embeddedBefore = embedding.spent();
    long started = System.nanoTime();
    produceAll(collection, batches, new Progress(screen, "passages acknowledged", passages.size()));
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    screen.step(
        "Ingest",
        "%s by %s in %s: %s acknowledged"
            .formatted(
                Units.count(passages.size(), "passage"),
                Units.count(producers, "producer"),
                Units.count(batches.size(), "delta"),
                Units.rate(passages.size(), took)),
        took);
    sayWhereTheTimeWent(batches.size(), embedding.spent().minus(embeddedBefore));
  }

  private List<List<Passage>> batches(List<Passage> passages) {
    int size = Math.clamp(passages.size() / (producers * BATCHES_PER_PRODUCER), 1, LARGEST_BATCH);
    List<List<Passage>> batches = new ArrayList<>();
    for (int from = 0; from < passages.size(); from += size) {
      batches.add(passages.subList(from, Math.min(from + size, passages.size())));
    }
    return batches;
  }

  private void produceAll(
      DemoCollection collection, List<List<Passage>> batches, Progress progress) {
    ConcurrentLinkedQueue<List<Passage>> left = new ConcurrentLinkedQueue<>(batches);
    try (ExecutorService threads = Executors.newFixedThreadPool(producers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        running.add(threads.submit(() -> produce(collection, left, progress)));
      }
      running.forEach(IngestStep::finish);
    }
  }

  private void produce(
      DemoCollection collection, ConcurrentLinkedQueue<List<Passage>> left, Progress progress) {
    for (List<Passage> batch = left.poll(); batch != null; batch = left.poll()) {
      long started = System.nanoTime();
      collection.upsert(batch);
      callNanos.add(System.nanoTime() - started);
      progress.advance(batch.size());
    }
  }

  private void sayWhereTheTimeWent(int deltas, Duration embedded) {
    Duration calls = Duration.ofNanos(callNanos.sum());
    screen.detail(
        screen.faint(
            "embedding took %.0f %% of it; to check, write and commit a delta durably took %s"
                .formatted(
                    100.0 * embedded.toNanos() / calls.toNanos(),
                    Units.time(calls.minus(embedded).dividedBy(deltas)))));
  }

  private static void finish(Future<?> producer) {
    try {
      producer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a producer failed", e.getCause());
    }
  }
}
