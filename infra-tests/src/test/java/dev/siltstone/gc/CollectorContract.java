package dev.siltstone.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.contract.HandClock;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.gc.GcReport.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.PlaceResult;
import dev.siltstone.log.Receipt;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.log.VectorShape;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.RetiredObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.time.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What garbage collection does over any family of services. */
abstract class CollectorContract {
  private static final RetentionPolicy KEEP_ONE = new RetentionPolicy(1, Duration.ZERO);

  @TempDir private Path folder;
  private final HandClock clock = new HandClock();
  private final List<String> written = new ArrayList<>();
  private Services services;
  private Actors actors;
  private CollectionId collection;

  abstract Services open(Path data, HandClock clock);

  @BeforeEach
  void start(TestInfo test) {
    services = open(folder.resolve("data"), clock);
    actors =
        new Actors(
            services, folder.resolve("scratch"), clock, KEEP_ONE, test.getDisplayName().hashCode());
    collection = actors.createCollection("stones-" + actors.ids().next());
  }

  @AfterEach
  void stop() {
    actors.close();
    services.close();
  }

  @Test
  void aReaderOfAnOlderSnapshotSurvivesUntilItsGraceEnds() {
    publish("a");
    Manifest first = current();
    publish("b");
    publish("c");
    publish("d");
    publish("e");
    Instant retired =
        current().retired().stream()
            .filter(object -> object.key().equals(first.key()))
            .map(RetiredObject::at)
            .findFirst()
            .orElseThrow();
    pass(Duration.between(clock.now(), retired.plus(Actors.GRACE).minusSeconds(1)));
    orphanOfEpoch(current().epoch());
    assertThat(actors.collect(collection).deleted()).containsKey(Cause.ORPHANED_FILE);
    assertThat(segmentKeys()).containsAll(segmentFiles(first));
    try (OpenSnapshot open = actors.cache().open(collection, first.key())) {
      assertThat(open.segments()).isNotEmpty();
    }
    pass(Duration.ofSeconds(2));
    assertThat(actors.collect(collection).deleted()).containsKey(Cause.RETIRED);
    assertThat(segmentKeys()).doesNotContainAnyElementsOf(segmentFiles(first));
    whole();
  }

  @Test
  void retiredManifestsAreForgottenOnceTheyAreGone() {
    List.of("a", "b", "c", "d", "e").forEach(this::publish);
    List<ObjectKey> retired = current().retired().stream().map(RetiredObject::key).toList();
    assertThat(retired).isNotEmpty();
    pass(Duration.ofHours(2));
    assertThat(actors.collect(collection).outcome()).isEqualTo(Outcome.COLLECTED);
    assertThat(keys()).doesNotContainAnyElementsOf(retired);
    publish("f");
    pass(Duration.ofHours(2));
    actors.collect(collection);
    assertThat(current().retired())
        .extracting(RetiredObject::key)
        .doesNotContainAnyElementsOf(retired);
    whole();
  }

  @Test
  void anIdleCollectionIsLeftAloneAfterItsLastCollection() {
    List.of("a", "b", "c").forEach(this::publish);
    pass(Duration.ofHours(2));
    actors.collect(collection);
    pass(Duration.ofHours(2));
    actors.collect(collection);
    Manifest settled = current();
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofDays(1));
      assertThat(actors.collect(collection).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    }
    assertThat(current()).isEqualTo(settled);
  }

  @Test
  void foldedDeltasAndTheirEntriesGoAndUnfoldedOnesStay() {
    publish("a");
    publish("b");
    pass(Duration.ofMinutes(20));
    Receipt unfolded = write("c");
    pass(Duration.ofMinutes(20));
    GcReport report = actors.collect(collection);
    assertThat(report.deleted(Cause.FOLDED_DELTA).objects()).isEqualTo(2);
    assertThat(report.trimmed()).isEqualTo(2);
    assertThat(keys()).contains(unfolded.delta());
    whole();
  }

  @Test
  void filesOfCrashedRunsGoAndThoseOfNewerRunsStay() {
    publish("a");
    ObjectKey crashed = orphanOfEpoch(current().epoch());
    ObjectKey newer = orphanOfEpoch(new Epoch(1_000));
    GcReport report = actors.collect(collection);
    assertThat(report.deleted(Cause.ORPHANED_FILE).objects()).isEqualTo(1);
    assertThat(report.kept()).containsKey(KeptBecause.NEWER_RUN);
    assertThat(keys()).doesNotContain(crashed).contains(newer);
    whole();
  }

  @Test
  void aDeltaThatNeverGotAPlaceGoesWhenItIsOldAndItsProducerPutsAgain() {
    publish("a");
    EncodedDelta sleeper = put("sleeper");
    EncodedDelta young;
    pass(Actors.ORPHAN_AGE.plusMinutes(1));
    young = put("young");
    pass(Duration.ofMinutes(20));
    GcReport report = actors.collect(collection);
    assertThat(report.deleted(Cause.ORPHANED_DELTA).objects()).isEqualTo(1);
    assertThat(keys()).doesNotContain(key(sleeper)).contains(key(young));
    assertThat(services.log().reserve(collection, sleeper.id(), new VectorShape(3, null)))
        .isInstanceOf(ReserveResult.BelowHorizon.class);
    assertThat(services.log().reserve(collection, young.id(), new VectorShape(3, null)))
        .isInstanceOf(ReserveResult.Reserved.class);
    write("again");
    whole();
  }

  @Test
  void aPlaceThatIsReservedAndNotFilledIsSettledBeforeItsDeltaGoes() {
    publish("a");
    EncodedDelta sleeper = put("sleeper");
    var reserved =
        (ReserveResult.Reserved)
            services.log().reserve(collection, sleeper.id(), new VectorShape(3, null));
    pass(Actors.ORPHAN_AGE.plusMinutes(1));
    actors.collect(collection);
    assertThat(keys()).doesNotContain(key(sleeper));
    assertThat(services.log().place(collection, entry(reserved, sleeper)))
        .isEqualTo(new PlaceResult.TakenByVoid());
    whole();
  }

  @Test
  void quarantinedDeltasStay() {
    publish("a");
    Receipt bad = write("bad");
    written.remove("bad");
    var entry = services.log().readPlace(collection, bad.sequence()).orElseThrow();
    services.log().quarantine(collection, (LogEntry.Committed) entry, "bad");
    publish("b");
    pass(Duration.ofDays(1));
    GcReport report = actors.collect(collection);
    assertThat(report.kept(KeptBecause.QUARANTINED_DELTA).objects()).isEqualTo(1);
    assertThat(keys()).contains(bad.delta());
    whole();
  }

  @Test
  void refusesToDeleteAnImplausibleShareUnlessToldTo() {
    publish("a");
    for (int i = 0; i < 101; i++) {
      orphanOfEpoch(current().epoch());
    }
    int before = keys().size();
    GcReport refused = actors.collect(collection);
    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.why()).contains("101 of ");
    assertThat(keys()).hasSizeGreaterThanOrEqualTo(before);
    GcReport forced =
        actors
            .collector()
            .collect(
                collection,
                CollectionMode.COLLECT_ANY_SHARE,
                Deadline.in(clock, Duration.ofMinutes(1)));
    assertThat(forced.deleted(Cause.ORPHANED_FILE).objects()).isGreaterThanOrEqualTo(101);
    whole();
  }

  @Test
  void deletesNothingWhenAKeptFileIsMissing() {
    publish("a");
    orphanOfEpoch(current().epoch());
    services.store().delete(segmentFiles(current()).getFirst());
    List<ObjectKey> before = keys();
    assertThatThrownBy(() -> actors.collect(collection))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("is missing")
        .hasMessageContaining("nothing is deleted");
    assertThat(keys()).isEqualTo(before);
  }

  @Test
  void aDryRunSaysWhatWouldGoAndWritesNothing() {
    List.of("a", "b", "c", "d").forEach(this::publish);
    pass(Duration.ofHours(2));
    List<ObjectKey> before = keys();
    GcReport dry =
        actors
            .collector()
            .collect(collection, CollectionMode.DRY_RUN, Deadline.in(clock, Duration.ofMinutes(1)));
    assertThat(dry.outcome()).isEqualTo(Outcome.WOULD_COLLECT);
    assertThat(keys()).isEqualTo(before);
    GcReport real = actors.collect(collection);
    assertThat(real.deleted()).isEqualTo(dry.deleted());
  }

  @Test
  void goesOnWhereTimeRanOut() {
    List.of("a", "b", "c", "d").forEach(this::publish);
    pass(Duration.ofHours(2));
    Deadline passed = Deadline.in(clock, Duration.ZERO);
    assertThat(actors.collector().collect(collection, CollectionMode.COLLECT, passed).outcome())
        .isEqualTo(Outcome.OUT_OF_TIME);
    whole();
    assertThat(actors.collect(collection).outcome()).isEqualTo(Outcome.COLLECTED);
    whole();
  }

  @Test
  void aDroppedCollectionIsSweptAlsoOfWhatLandsLateAndItsNamesakeIsLeftAlone() {
    publish("a");
    CollectionId dropped = collection;
    String name = services.catalog().collection(dropped).orElseThrow().name().value();
    services.catalog().dropCollection(dropped);
    collection = actors.createCollection(name);
    written.clear();
    publish("b");
    assertThat(sweep().objects().objects()).isPositive();
    assertThat(keysOf(dropped)).isEmpty();
    assertThat(services.log().readAfter(dropped, Sequence.ZERO, 10)).isEmpty();
    EncodedDelta late = actors.encoded(dropped, new DeltaId(actors.ids().next()), "late");
    services
        .store()
        .putIfAbsent(ObjectLayout.delta(dropped, late.id()), ObjectBody.of(late.bytes()));
    services.store().putIfAbsent(ObjectLayout.pointer(dropped), ObjectBody.of(new byte[] {1}));
    assertThat(sweep().objects().objects()).isEqualTo(2);
    assertThat(keysOf(dropped)).isEmpty();
    assertThat(sweep().collections()).isZero();
    whole();
  }

  private DroppedCollections.Swept sweep() {
    return actors.dropped().sweep(Deadline.in(clock, Duration.ofMinutes(5)));
  }

  private void publish(String id) {
    var _ = write(id);
    clock.sleep(Duration.ofSeconds(1));
    actors.compact(collection);
  }

  private Receipt write(String id) {
    written.add(id);
    return actors.write(collection, id);
  }

  private EncodedDelta put(String id) {
    EncodedDelta delta = actors.encoded(collection, new DeltaId(actors.ids().next()), id);
    services.store().putIfAbsent(key(delta), ObjectBody.of(delta.bytes()));
    return delta;
  }

  private ObjectKey orphanOfEpoch(Epoch epoch) {
    ObjectKey key =
        ObjectLayout.segmentFile(
            collection, epoch, new SegmentId(actors.ids().next()), "graph.hnsw");
    services.store().putIfAbsent(key, ObjectBody.of(new byte[] {1, 2, 3}));
    return key;
  }

  private LogEntry.Committed entry(ReserveResult.Reserved reserved, EncodedDelta delta) {
    return new LogEntry.Committed(
        reserved.place(), delta.id(), key(delta), 1, delta.bytes().length, delta.checksum());
  }

  private ObjectKey key(EncodedDelta delta) {
    return ObjectLayout.delta(collection, delta.id());
  }

  private void pass(Duration time) {
    clock.sleep(time);
  }

  private Manifest current() {
    return actors.snapshots().current(collection).orElseThrow().manifest();
  }

  private void whole() {
    Checks.wholeAndReadable(services, actors, collection, written);
  }

  private List<ObjectKey> keys() {
    return keysOf(collection);
  }

  private List<ObjectKey> keysOf(CollectionId of) {
    List<ObjectKey> all = new ArrayList<>();
    all.addAll(Checks.keys(services.store(), ObjectLayout.deltaPrefix(of)));
    all.addAll(Checks.keys(services.store(), ObjectLayout.segmentPrefix(of)));
    all.addAll(Checks.keys(services.store(), ObjectLayout.snapshotPrefix(of)));
    return all;
  }

  private List<ObjectKey> segmentKeys() {
    return Checks.keys(services.store(), ObjectLayout.segmentPrefix(collection));
  }

  private List<ObjectKey> segmentFiles(Manifest manifest) {
    return Checks.files(manifest).stream()
        .filter(key -> key.value().startsWith("segment/"))
        .toList();
  }
}
