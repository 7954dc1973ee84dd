package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Space;
import dev.siltstone.contract.HandClock;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogReader;
import dev.siltstone.pipeline.GatedStore.Trouble;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.Consistency;
import dev.siltstone.view.ReadPatience;
import dev.siltstone.view.ReadView;
import dev.siltstone.view.SoonCollection;
import dev.siltstone.where.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roaringbitmap.RoaringBitmap;

/** Who is answered, and from what, while the newest snapshot cannot be had. */
class SnapshotFallbackTest {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Consistency EVENTUAL = new Consistency.Eventual(Duration.ZERO);

  /** Waits for an opening until it has ended, however long that takes. */
  private static final ReadPatience LONG =
      new ReadPatience(Duration.ofDays(1), Duration.ofDays(1), PAUSE);

  /** Waits for no opening. */
  private static final ReadPatience NONE = new ReadPatience(Duration.ZERO, Duration.ZERO, PAUSE);

  @TempDir Path folder;

  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  /** Opens snapshots; closing it waits for those that have begun. */
  private final ExecutorService openings = Executors.newVirtualThreadPerTaskExecutor();

  private final HandClock clock = new HandClock();

  /** Enough of them for a text index. */
  private static final int TEXTS = 300;

  private Pipeline pipeline;
  private GatedStore store;
  private SegmentCache segments;

  @BeforeEach
  void publishOnce() {
    pipeline = Pipeline.embedded(folder, Space.L2, 1);
    store = new GatedStore(pipeline.store());
    segments = new SegmentCache(store, folder.resolve("far"), 1L << 30, workers);
    pipeline.write(List.of(add("a")));
    pipeline.compact();
  }

  @AfterEach
  void close() {
    store.release();
    openings.close();
    workers.close();
    pipeline.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"MISSING", "DAMAGED", "OUT_OF_REACH"})
  void strongReadsAreRefusedAndTheOthersAnsweredFromTheOlderSnapshot(Trouble trouble) {
    for (String prefix : List.of("segment/", "snapshot/")) {
      try (CollectionViews views = views(LONG)) {
        long before = generation(views, Consistency.STRONG);
        Sequence written = pipeline.write(List.of(add("b" + prefix))).sequence();
        long expected = count(views, Consistency.STRONG);
        pipeline.compact();
        store.trouble(trouble, key -> key.startsWith(prefix));

        refused(views, Consistency.STRONG);
        assertThat(count(views, EVENTUAL)).isEqualTo(expected);
        assertThat(generation(views, EVENTUAL)).isEqualTo(before);
        assertThat(generation(views, atLeast(written))).isEqualTo(before);
        store.trouble(Trouble.NONE, _ -> false);
      }
    }
  }

  @Test
  void aReaderThatDoesNotKnowANewerFormatAnswersFromTheOlderSnapshotUntilItIsUpgraded() {
    try (CollectionViews views = views(LONG)) {
      long before = generation(views, Consistency.STRONG);
      Sequence written = pipeline.write(List.of(add("b"))).sequence();
      long expected = count(views, Consistency.STRONG);
      pipeline.compact();
      store.trouble(Trouble.NEWER, key -> key.endsWith("manifest.json"));

      refused(views, Consistency.STRONG);
      assertThat(count(views, EVENTUAL)).isEqualTo(expected);
      assertThat(generation(views, atLeast(written))).isEqualTo(before);
      store.trouble(Trouble.NONE, _ -> false);
    }
    try (CollectionViews upgraded = views(LONG)) {
      assertThat(count(upgraded, Consistency.STRONG)).isEqualTo(2);
    }
  }

  @Test
  void theTailOfTheOlderSnapshotGoesOnGrowing() {
    try (CollectionViews views = views(LONG)) {
      assertThat(count(views, Consistency.STRONG)).isEqualTo(1);
      pipeline.write(List.of(add("b")));
      pipeline.compact();
      store.trouble(Trouble.MISSING, key -> key.startsWith("segment/"));
      Sequence token = pipeline.write(List.of(add("c"))).sequence();

      assertThat(count(views, atLeast(token))).isEqualTo(3);
      assertThat(count(views, EVENTUAL)).isEqualTo(3);
      refused(views, Consistency.STRONG);
    }
  }

  @Test
  void nobodyIsAnsweredPastWhatTheLogStillHolds() {
    try (CollectionViews views = views(LONG)) {
      assertThat(count(views, Consistency.STRONG)).isEqualTo(1);
      Sequence token = pipeline.write(List.of(add("b"))).sequence();
      pipeline.compact();
      pipeline.trim(token);
      store.trouble(Trouble.MISSING, key -> key.startsWith("segment/"));

      refused(views, atLeast(token));
      refused(views, EVENTUAL);
      assertThat(count(views, new Consistency.Eventual(Duration.ofDays(1)))).isEqualTo(1);
      assertThat(count(views, atLeast(new Sequence(1)))).isEqualTo(1);
    }
  }

  @Test
  void aFailedSnapshotIsTriedAgainAfterAPause() {
    try (CollectionViews views = views(LONG)) {
      store.trouble(Trouble.DAMAGED, key -> key.startsWith("segment/"));
      refused(views, Consistency.STRONG);
      store.trouble(Trouble.NONE, _ -> false);
      refused(views, Consistency.STRONG);

      clock.sleep(PAUSE);
      assertThat(count(views, Consistency.STRONG)).isEqualTo(1);
    }
  }

  @Test
  void aNewerSnapshotIsTriedAtOnce() {
    try (CollectionViews views = views(LONG)) {
      store.trouble(Trouble.MISSING, key -> key.startsWith("snapshot/"));
      refused(views, Consistency.STRONG);
      store.trouble(Trouble.NONE, _ -> false);
      pipeline.write(List.of(add("b")));
      pipeline.compact();

      assertThat(count(views, Consistency.STRONG)).isEqualTo(2);
    }
  }

  @Test
  void whoCannotWaitForTheFirstSnapshotIsToldToComeBackWhileItArrives() throws Exception {
    store.trouble(Trouble.HELD, key -> key.startsWith("segment/"));
    try (CollectionViews views = views(NONE)) {
      refused(views, Consistency.STRONG);
      store.awaitAsked();
      refused(views, EVENTUAL);
      store.release();
      openings.close();

      assertThat(count(views, Consistency.STRONG)).isEqualTo(1);
    }
  }

  @Test
  void theOlderSnapshotAnswersStrongReadsWhileTheNewerIsFetched() throws Exception {
    try (CollectionViews views = views(new ReadPatience(Duration.ZERO, LONG.forAny(), PAUSE))) {
      long before = generation(views, Consistency.STRONG);
      pipeline.write(List.of(add("b")));
      pipeline.compact();
      store.trouble(Trouble.HELD, key -> key.startsWith("segment/"));

      assertThat(count(views, Consistency.STRONG)).isEqualTo(2);
      store.awaitAsked();
      pipeline.write(List.of(add("c")));
      assertThat(count(views, Consistency.STRONG)).isEqualTo(3);
      assertThat(generation(views, Consistency.STRONG)).isEqualTo(before);
      store.release();
      openings.close();

      assertThat(generation(views, Consistency.STRONG)).isGreaterThan(before);
      assertThat(count(views, Consistency.STRONG)).isEqualTo(3);
    }
  }

  @Test
  void aSnapshotThatArrivesAfterItsCollectionWasDroppedIsLetGo() throws Exception {
    store.trouble(Trouble.HELD, key -> key.startsWith("segment/"));
    SnapshotCache snapshots = snapshots();
    try (CollectionViews views = views(snapshots, NONE)) {
      refused(views, Consistency.STRONG);
      store.awaitAsked();
      views.forget(pipeline.collection());
      store.release();
      openings.close();
      snapshots.close();

      assertThat(segments.openSegments()).isZero();
    }
  }

  @Test
  void onlyConditionsOnDocumentsWaitForATextIndexThatIsStillBeingFetched() throws Exception {
    publishTexts();
    store.trouble(Trouble.HELD, key -> key.endsWith(SegmentFile.TEXT));
    try (CollectionViews views = views(LONG)) {
      assertThat(count(views, Consistency.STRONG)).isEqualTo(1 + TEXTS);
      store.awaitAsked();
      Future<Integer> found = workers.submit(() -> containing(views, "number 7 "));
      assertThat(count(views, Consistency.STRONG)).isEqualTo(1 + TEXTS);
      store.release();

      assertThat(found.get()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MISSING", "DAMAGED", "OUT_OF_REACH"})
  void onlyConditionsOnDocumentsFailWithoutATextIndex(Trouble trouble) {
    publishTexts();
    store.trouble(trouble, key -> key.endsWith(SegmentFile.TEXT));
    try (CollectionViews views = views(LONG)) {
      assertThat(count(views, Consistency.STRONG)).isEqualTo(1 + TEXTS);
      assertThatThrownBy(() -> containing(views, "number 7 "))
          .isInstanceOf(
              trouble == Trouble.DAMAGED ? CorruptDataException.class : UnavailableException.class);
      store.trouble(Trouble.NONE, _ -> false);

      assertThat(containing(views, "number 7 ")).isEqualTo(1);
    }
  }

  private void publishTexts() {
    List<Operation> texts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      texts.add(
          new Operation.Add(
              new RecordId("text-" + i),
              Embedding.of(i, 1, 1),
              "number " + i + " of " + "many ".repeat(60),
              null,
              MetadataPatch.NONE));
    }
    pipeline.write(texts);
    pipeline.compact();
  }

  /** Folded records with this text. */
  private int containing(CollectionViews views, String text) {
    try (ReadView view = open(views, Consistency.STRONG)) {
      return view.records().base().segments().stream()
          .map(OpenSegment::reader)
          .map(reader ->
              reader.matching(new Where.Contains(text), DeletedRows.NONE.liveOf(reader.rows())))
          .mapToInt(RoaringBitmap::getCardinality)
          .sum();
    }
  }

  private void refused(CollectionViews views, Consistency consistency) {
    assertThatThrownBy(() -> open(views, consistency))
        .asInstanceOf(type(UnavailableException.class))
        .returns(PAUSE, UnavailableException::retryAfter);
  }

  private long count(CollectionViews views, Consistency consistency) {
    try (ReadView view = open(views, consistency)) {
      return view.records().liveRecords();
    }
  }

  private long generation(CollectionViews views, Consistency consistency) {
    try (ReadView view = open(views, consistency)) {
      Manifest manifest = view.records().base().manifest().orElseThrow();
      return manifest.generation().value();
    }
  }

  /** Opens a view a moment after whatever was before, so that no look is of this very moment. */
  private ReadView open(CollectionViews views, Consistency consistency) {
    clock.sleep(Duration.ofNanos(1));
    return views.open(SoonCollection.of(pipeline.description()), consistency);
  }

  private CollectionViews views(ReadPatience patience) {
    return views(snapshots(), patience);
  }

  private CollectionViews views(SnapshotCache snapshots, ReadPatience patience) {
    return new CollectionViews(
        pipeline.log(),
        new LogReader(pipeline.log(), clock, new Random(1), LogReader.DEFAULT_GRACE),
        new DeltaBatches(store, pipeline.log(), workers),
        snapshots,
        openings,
        patience,
        clock);
  }

  private SnapshotCache snapshots() {
    return new SnapshotCache(store, new SnapshotStore(store, clock), segments);
  }

  private static Consistency atLeast(Sequence token) {
    return new Consistency.AtLeast(token);
  }

  private static Operation add(String id) {
    return new Operation.Add(
        new RecordId(id), Embedding.of(1, 2, 3), null, null, MetadataPatch.NONE);
  }
}
