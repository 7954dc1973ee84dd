package dev.siltstone.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.local.node.CompactionLoop.Rhythm;
import dev.siltstone.notice.Notice;
import dev.siltstone.record.Metadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionLoopTest {
  private static final CollectionId FIRST = new CollectionId(new UUID(0, 1));
  private static final CollectionId SECOND = new CollectionId(new UUID(0, 2));
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private final HandClock clock = new HandClock();
  private final BlockingQueue<CollectionId> runs = new LinkedBlockingQueue<>();
  private EmbeddedStorage storage;
  private @Nullable Worker loop;

  @BeforeEach
  void open() {
    storage = EmbeddedStorage.open(folder, clock);
  }

  @AfterEach
  void close() {
    if (loop != null) {
      loop.close();
      assertThat(loop.hasEnded(PATIENCE)).isTrue();
    }
    storage.close();
  }

  @Test
  void compactsWhatANoticeNamesOnce() throws Exception {
    start(runs::add);
    storage.notices().send(new Notice(FIRST), Duration.ZERO);
    assertThat(nextRun()).isEqualTo(FIRST);
    storage.notices().send(new Notice(SECOND), Duration.ZERO);
    assertThat(nextRun()).isEqualTo(SECOND);
    clock.advance(Duration.ofMinutes(5));
    storage.notices().send(new Notice(FIRST), Duration.ZERO);
    assertThat(nextRun()).isEqualTo(FIRST);
  }

  @Test
  void findsWorkThatNobodyAnnounced() throws Exception {
    createCollection(FIRST);
    storage.log().reserve(FIRST, new DeltaId(new UUID(0x7000, 1)), null);
    start(runs::add);
    assertThat(nextRun()).isEqualTo(FIRST);
  }

  @Test
  void triesAFailedCollectionAgainAndTheOthersAtOnce() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    start(collection -> {
      if (collection.equals(FIRST) && failures.getAndIncrement() == 0) {
        throw new UnavailableException("not now", null);
      }
      runs.add(collection);
    });
    storage.notices().send(new Notice(FIRST), Duration.ZERO);
    storage.notices().send(new Notice(SECOND), Duration.ZERO);
    assertThat(nextRun()).isEqualTo(SECOND);
    clock.advance(Duration.ofMinutes(2));
    assertThat(nextRun()).isEqualTo(FIRST);
  }

  @Test
  void restsOnceWhenThereIsNothingLeftToDo() throws Exception {
    BlockingQueue<Integer> rests = new LinkedBlockingQueue<>();
    start(runs::add, () -> rests.add(runs.size()));
    storage.notices().send(new Notice(FIRST), Duration.ZERO);
    assertThat(rests.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isOne();
    storage.notices().send(new Notice(SECOND), Duration.ZERO);
    assertThat(rests.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(rests).isEmpty();
  }

  @Test
  void endsAfterTheRunUnderWay() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Worker started =
        start(_ -> {
          entered.countDown();
          awaitOrGiveUp(mayEnd);
        });
    storage.notices().send(new Notice(FIRST), Duration.ZERO);
    entered.await();
    started.close();
    assertThat(started.hasEnded(Duration.ofMillis(1))).isFalse();
    mayEnd.countDown();
    assertThat(started.hasEnded(PATIENCE)).isTrue();
  }

  @Test
  void letsEveryDeadlinePassOnceStopped() {
    StoppableClock stoppable = new StoppableClock(clock);
    long deadline = stoppable.nanoTime() + Duration.ofHours(1).toNanos();
    assertThat(deadline - stoppable.nanoTime()).isPositive();
    stoppable.stop();
    assertThat(deadline - stoppable.nanoTime()).isNegative();
    assertThat(stoppable.now()).isEqualTo(clock.now());
  }

  private Worker start(Consumer<CollectionId> compaction) {
    return start(compaction, () -> {});
  }

  private Worker start(Consumer<CollectionId> compaction, Runnable rest) {
    Worker started =
        CompactionLoop.start(
            storage.notices(),
            storage.log(),
            compaction,
            rest,
            new Rhythm(Duration.ofMillis(5), Duration.ofHours(1)),
            clock);
    loop = started;
    return started;
  }

  private @Nullable CollectionId nextRun() throws InterruptedException {
    return runs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void createCollection(CollectionId id) {
    storage
        .catalog()
        .createCollection(
            new Collection(
                id,
                TenantName.DEFAULT,
                DatabaseName.DEFAULT,
                new CollectionName("stones"),
                Space.L2,
                HnswParameters.DEFAULT,
                null,
                null,
                Metadata.NONE,
                0));
  }

  private static void awaitOrGiveUp(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
