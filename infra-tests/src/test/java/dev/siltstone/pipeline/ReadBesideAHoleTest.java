package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.Space;
import dev.siltstone.contract.Fresh;
import dev.siltstone.contract.HandClock;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogReader;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.Consistency;
import dev.siltstone.view.ReadPatience;
import dev.siltstone.view.ReadView;
import dev.siltstone.view.SoonCollection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While one read waits for a place in the log, others that do not need it go on. */
class ReadBesideAHoleTest {
  private static final int PATIENCE_SECONDS = 30;

  @TempDir private Path folder;

  @Test
  void whoOwnsThePlaceReadsUpToItWhileAnotherReadWaitsForIt() throws Exception {
    StoppedClock clock = new StoppedClock();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 1);
        CollectionViews views = views(pipeline, workers, clock)) {
      pipeline.write(List.of(add("a")));
      pipeline.log().reserve(pipeline.collection(), Fresh.deltaId(), null);

      Future<Long> waiting = workers.submit(() -> count(views, pipeline.description()));
      assertThat(clock.reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      Future<Optional<ReadView>> owner =
          workers.submit(() -> views.openAt(pipeline.description(), new Sequence(1)));
      try (ReadView view = owner.get(PATIENCE_SECONDS, TimeUnit.SECONDS).orElseThrow()) {
        assertThat(view.records().liveRecords()).isEqualTo(1);
      }
      assertThat(waiting.isDone()).isFalse();

      clock.go.countDown();
      assertThat(waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  private static long count(CollectionViews views, Collection collection) {
    try (ReadView view = views.open(SoonCollection.of(collection), Consistency.STRONG)) {
      return view.records().liveRecords();
    }
  }

  private CollectionViews views(Pipeline pipeline, ExecutorService workers, StoppedClock clock) {
    SegmentCache segments =
        new SegmentCache(pipeline.store(), folder.resolve("far"), 1L << 30, workers);
    return new CollectionViews(
        pipeline.log(),
        new LogReader(pipeline.log(), clock, new Random(1), LogReader.DEFAULT_GRACE),
        new DeltaBatches(pipeline.store(), pipeline.log(), workers),
        new SnapshotCache(pipeline.store(), new SnapshotStore(pipeline.store(), clock), segments),
        workers,
        ReadPatience.STANDARD,
        clock);
  }

  private static Operation add(String id) {
    return new Operation.Add(
        new RecordId(id), Embedding.of(1, 0, 0), null, null, MetadataPatch.NONE);
  }

  /** Whoever waits, waits until the test lets time go on. */
  private static final class StoppedClock implements Clock {
    private final HandClock time = new HandClock();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public void sleep(Duration duration) {
      reached.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      time.sleep(duration);
    }
  }
}
