package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.LogStart;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.LeaseStore.AcquireResult;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogRestore;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.log.Tip;
import dev.siltstone.log.VectorShape;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What bringing a collection back needs of catalog, log and locks. */
abstract class RestoreContract extends FamilyContract {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final LogStart START =
      new LogStart(new Sequence(250), new Sequence(40), 3, "all-MiniLM-L6-v2");

  private final Collection collection = settings(Fresh.database());

  final Catalog catalog() {
    return families().one().catalog();
  }

  final DeltaLog log() {
    return families().one().log();
  }

  final LogRestore logRestore() {
    return families().one().logRestore();
  }

  final LeaseStore leases() {
    return families().one().leases();
  }

  @Test
  void theCollectionComesBackWithItsIdItsSettingsAndItsLog() {
    createDatabase(collection);
    List<LogEntry> entries = entries(collection.id(), 250);

    assertThat(logRestore().put(collection.id(), tip(collection.id()), entries)).isTrue();
    catalog().restoreCollection(collection, START);

    assertThat(catalog().collection(collection.id())).contains(collection);
    assertThat(catalog().collections(collection.tenant(), collection.database(), 10, 0))
        .containsExactly(collection);
    HeadAndTip found = log().read(collection.id()).orElseThrow();
    assertThat(found.tip()).isEqualTo(tip(collection.id()));
    assertThat(found.head().lastReserved()).isEqualTo(new Sequence(250));
    assertThat(found.head().dimension()).isEqualTo(3);
    assertThat(found.head().embeddingFunction()).isEqualTo("all-MiniLM-L6-v2");
    assertThat(found.head().foldedHint()).isEqualTo(new Sequence(40));
    assertThat(found.head().settingsVersion()).isEqualTo(7);
    assertThat(log().readAfter(collection.id(), Sequence.ZERO, 1_000)).isEqualTo(entries);
  }

  @Test
  void theNextWriteGetsTheNextPlaceAndTheCompactorFindsTheBacklog() {
    createDatabase(collection);
    logRestore().put(collection.id(), tip(collection.id()), entries(collection.id(), 250));
    catalog().restoreCollection(collection, START);

    assertThat(log().backlogAfter(before(collection.id()), 1)).containsExactly(collection.id());
    assertThat(log().reserve(collection.id(), Fresh.deltaId(), new VectorShape(4, null)))
        .isInstanceOf(ReserveResult.ShapeDiffers.class);
    assertThat(log().reserve(collection.id(), Fresh.deltaId(), new VectorShape(3, null)))
        .isInstanceOfSatisfying(
            Reserved.class, got -> assertThat(got.place()).isEqualTo(new Sequence(251)));
  }

  @Test
  void aCollectionWithNothingToFoldIsNoBacklog() {
    createDatabase(collection);
    logRestore().put(collection.id(), tip(collection.id()), List.of());

    catalog()
        .restoreCollection(collection, new LogStart(new Sequence(40), new Sequence(40), 0, null));

    assertThat(log().backlogAfter(before(collection.id()), 1)).doesNotContain(collection.id());
    assertThat(log().read(collection.id()).orElseThrow().head().dimension()).isZero();
  }

  @Test
  void aLogWithoutItsCollectionIsSeenByNobodyAndMayBePutAgain() {
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(
              logRestore().put(collection.id(), tip(collection.id()), entries(collection.id(), 42)))
          .isTrue();
      assertThat(log().read(collection.id())).isEmpty();
      assertThat(log().reserve(collection.id(), Fresh.deltaId(), null))
          .isEqualTo(new ReserveResult.CollectionGone());
      assertThat(log().backlogAfter(before(collection.id()), 1)).doesNotContain(collection.id());
    }
  }

  @Test
  void theLogOfACollectionThatExistsIsLeftAlone() {
    createDatabase(collection);
    catalog().createCollection(collection);

    assertThat(
            logRestore().put(collection.id(), tip(collection.id()), entries(collection.id(), 42)))
        .isFalse();

    assertThat(log().read(collection.id()).orElseThrow().tip()).isEqualTo(Tip.NONE);
    assertThat(log().readAfter(collection.id(), Sequence.ZERO, 10)).isEmpty();
  }

  @Test
  void aTakenNameATakenIdAndADroppedIdAreRefused() {
    createDatabase(collection);
    catalog().createCollection(collection);
    Collection namesake = with(collection, Fresh.collectionId(), collection.name());
    assertThatThrownBy(() -> catalog().restoreCollection(namesake, START))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("Collection [" + collection.name() + "] already exists");
    assertThat(catalog().collection(namesake.id())).isEmpty();
    assertThat(log().read(namesake.id())).isEmpty();

    Collection other = with(collection, collection.id(), Fresh.collectionName());
    assertThatThrownBy(() -> catalog().restoreCollection(other, START))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining(collection.id().toString());
    assertThat(catalog().collection(collection.id())).contains(collection);
    assertThat(log().read(collection.id()).orElseThrow().head().lastReserved())
        .isEqualTo(Sequence.ZERO);

    catalog().dropCollection(collection.id());
    assertThatThrownBy(() -> catalog().restoreCollection(collection, START))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("dropped");
    assertThat(catalog().collection(collection.id())).isEmpty();
    assertThat(log().read(collection.id())).isEmpty();
  }

  @Test
  void aCollectionOfNoDatabaseIsRefused() {
    assertThatThrownBy(() -> catalog().restoreCollection(collection, START))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(collection.database().value());
    assertThat(log().read(collection.id())).isEmpty();
  }

  @Test
  void laterHoldersOfTheLockGetHigherEpochs() {
    leases().raiseEpoch(collection.id(), new Epoch(500));
    leases().raiseEpoch(collection.id(), new Epoch(3));

    assertThat(leases().read(collection.id())).isEmpty();
    assertThat(leases().acquire(collection.id(), "run", AT, Duration.ofMinutes(1)))
        .isEqualTo(new AcquireResult.Acquired(new Epoch(501)));
  }

  /** The tail after place 40, one of each kind among it, and a bad delta below. */
  private static List<LogEntry> entries(CollectionId id, long last) {
    List<LogEntry> entries = new ArrayList<>();
    LogEntry.Committed bad = committed(id, 7);
    entries.add(
        new LogEntry.Quarantined(
            bad.sequence(),
            bad.delta(),
            bad.key(),
            bad.count(),
            bad.bytes(),
            bad.checksum(),
            "why"));
    entries.add(new LogEntry.Voided(new Sequence(41)));
    for (long place = 42; place <= last; place++) {
      entries.add(committed(id, place));
    }
    return entries;
  }

  private static LogEntry.Committed committed(CollectionId id, long place) {
    DeltaId delta = new DeltaId(new UUID(0x7000 | place << 16, 1L << 63));
    return new LogEntry.Committed(
        new Sequence(place),
        delta,
        ObjectLayout.delta(id, delta),
        3,
        12_345,
        Checksum.of(new byte[3]));
  }

  private static Tip tip(CollectionId id) {
    ObjectKey manifest =
        ObjectLayout.manifest(
            id, new Generation(9), AT, new Epoch(1), new CommitId(new UUID(0x7000, 1L << 63)));
    return new Tip(new Generation(9), new Sequence(40), manifest);
  }

  private void createDatabase(Collection of) {
    catalog().createDatabase(new Database(Fresh.uuid(), of.tenant(), of.database()));
  }

  private static Collection settings(Database database) {
    Collection plain = Fresh.collection(database, Fresh.collectionName());
    return with(plain, plain.id(), plain.name());
  }

  private static Collection with(Collection of, CollectionId id, CollectionName name) {
    return new Collection(
        id,
        of.tenant(),
        of.database(),
        name,
        of.space(),
        of.hnsw(),
        of.embeddingFunctionJson(),
        of.schemaJson(),
        of.metadata(),
        7);
  }

  private static CollectionId before(CollectionId id) {
    return new CollectionId(
        new UUID(id.value().getMostSignificantBits(), id.value().getLeastSignificantBits() - 1));
  }
}
