package dev.siltstone.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.aws.AwsCallCounter.Counts;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.contract.Fresh;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Tip;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many calls each step makes: what a user pays for, and waits for. */
final class AwsCallCountTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final AwsFamily FAMILY = AwsFamily.create(AwsServices.emulated());
  private static final Database HOME =
      FAMILY.catalog().database(TenantName.DEFAULT, DatabaseName.DEFAULT).orElseThrow();

  private final Catalog catalog = FAMILY.catalog();
  private final DeltaLog log = FAMILY.log();
  private final LeaseStore leases = FAMILY.leases();
  private final ObjectStore store = FAMILY.store();
  private CollectionId c = Fresh.collectionId();

  @BeforeEach
  void createCollection() {
    c = catalog.createCollection(Fresh.collection(HOME, Fresh.collectionName())).id();
  }

  @Test
  void acknowledgesAWriteWithFourCalls() {
    NoticeQueue queue = FAMILY.queue();
    DeltaId delta = Fresh.deltaId();

    assertCalls(
        () -> {
          store.putIfAbsent(ObjectLayout.delta(c, delta), ObjectBody.of(new byte[10]));
          log.reserve(c, delta, null);
          log.place(c, committed(1, delta));
          queue.send(new Notice(c), Duration.ZERO);
        },
        "S3.PutObject",
        "DynamoDb.UpdateItem",
        "DynamoDb.PutItem",
        "Sqs.SendMessage");
  }

  @Test
  void checksTheHeadWithOneCall() {
    assertCalls(() -> log.read(c), "DynamoDb.BatchGetItem");
    assertCalls(() -> log.readHead(c), "DynamoDb.GetItem");
  }

  @Test
  void readsATailOf500EntriesWithOneCall() {
    for (int place = 1; place <= 500; place++) {
      log.place(c, committed(place, Fresh.deltaId()));
    }

    assertCalls(
        () -> assertThat(log.readAfter(c, Sequence.ZERO, 500)).hasSize(500), "DynamoDb.Query");
  }

  @Test
  void voidsAndQuarantinesWithOneTransaction() {
    LogEntry.Committed entry = committed(1, Fresh.deltaId());
    log.place(c, entry);

    assertCalls(() -> log.voidPlace(c, new Sequence(2)), "DynamoDb.TransactWriteItems");
    assertCalls(() -> log.voidPlace(c, new Sequence(2)), "DynamoDb.TransactWriteItems");
    assertCalls(() -> log.quarantine(c, entry, "bad"), "DynamoDb.TransactWriteItems");
    assertCalls(() -> log.quarantine(c, entry, "worse"), "DynamoDb.TransactWriteItems");
  }

  @Test
  void publishesWithOnePutAndOneMoveOfTheTip() {
    ObjectKey pointer = ObjectLayout.pointer(c);
    ETag etag = stored(store.putIfAbsent(pointer, ObjectBody.of(new byte[1])));

    assertCalls(() -> log.moveTip(c, tip(1)), "DynamoDb.TransactWriteItems");
    assertCalls(
        () -> {
          store.putIfMatch(pointer, ObjectBody.of(new byte[2]), etag);
          log.moveTip(c, tip(2));
        },
        "S3.PutObject",
        "DynamoDb.PutItem");
  }

  @Test
  void trims30EntriesWithFourCalls() {
    for (int place = 1; place <= 30; place++) {
      log.place(c, committed(place, Fresh.deltaId()));
    }
    log.moveTip(c, new Tip(new Generation(1), new Sequence(30), manifest(1)));

    assertCalls(
        () -> assertThat(log.trim(c, new Sequence(30), 100)).isEqualTo(30),
        "DynamoDb.GetItem",
        "DynamoDb.Query",
        "DynamoDb.BatchWriteItem",
        "DynamoDb.BatchWriteItem");
  }

  @Test
  void keepsTheBacklogWithOneOrTwoCalls() {
    log.reserve(c, Fresh.deltaId(), null);
    log.reserve(c, Fresh.deltaId(), null);

    assertCalls(() -> log.backlogAfter(null, 10), "DynamoDb.Query");
    assertCalls(
        () -> log.hintFolded(c, new Sequence(1)), "DynamoDb.UpdateItem", "DynamoDb.UpdateItem");
    assertCalls(() -> log.hintFolded(c, new Sequence(2)), "DynamoDb.UpdateItem");
    assertCalls(() -> log.raiseOrphanHorizon(c, Fresh.deltaId()), "DynamoDb.UpdateItem");
  }

  @Test
  void takesAndReleasesTheLockWithOneCallEach() {
    assertCalls(() -> leases.acquire(c, "run 1", AT, LEASE), "DynamoDb.UpdateItem");
    assertCalls(() -> leases.heartbeat(c, new Epoch(1), AT, LEASE), "DynamoDb.UpdateItem");
    assertCalls(() -> leases.releaseUnlessWanted(c, new Epoch(1)), "DynamoDb.UpdateItem");
  }

  @Test
  void turnsAwayTheFirstLoserWithTwoCallsAndAllOthersWithOne() {
    leases.acquire(c, "run 1", AT, LEASE);

    assertCalls(
        () -> leases.acquire(c, "run 2", AT, LEASE), "DynamoDb.UpdateItem", "DynamoDb.UpdateItem");
    assertCalls(() -> leases.acquire(c, "run 3", AT, LEASE), "DynamoDb.UpdateItem");
  }

  @Test
  void readsSettingsWithOneCallByIdAndTwoByName() {
    Collection collection = catalog.collection(c).orElseThrow();

    assertCalls(() -> catalog.collection(c), "DynamoDb.GetItem");
    assertCalls(
        () -> catalog.collection(HOME.tenant(), HOME.name(), collection.name()),
        "DynamoDb.BatchGetItem",
        "DynamoDb.GetItem");
  }

  @Test
  void changesTheCatalogWithFewCalls() {
    Collection collection = Fresh.collection(HOME, Fresh.collectionName());

    assertCalls(
        () -> catalog.createCollection(collection),
        "DynamoDb.BatchGetItem",
        "DynamoDb.UpdateItem",
        "DynamoDb.TransactWriteItems");
    assertCalls(
        () -> catalog.createCollection(collection), "DynamoDb.BatchGetItem", "DynamoDb.GetItem");
    assertCalls(
        () -> catalog.dropCollection(collection.id()),
        "DynamoDb.GetItem",
        "DynamoDb.TransactWriteItems");
  }

  @Test
  void makesOneCallPerObject() {
    ObjectKey key = ObjectLayout.delta(c, Fresh.deltaId());

    assertCalls(() -> store.putIfAbsent(key, ObjectBody.of(new byte[100])), "S3.PutObject");
    assertCalls(() -> store.get(key), "S3.GetObject");
    assertCalls(() -> store.getRange(key, 10, 20), "S3.GetObject");
    assertCalls(() -> store.download(key, 0, 100, _ -> {}), "S3.GetObject");
    assertCalls(() -> store.listAfter(ObjectLayout.deltaPrefix(c), null, 10), "S3.ListObjectsV2");
    assertCalls(() -> store.delete(key), "S3.DeleteObject");
  }

  @Test
  void countsTheBytesThatAReadFetches() {
    ObjectKey key = ObjectLayout.delta(c, Fresh.deltaId());
    store.putIfAbsent(key, ObjectBody.of(new byte[100_000]));

    Counts before = FAMILY.counter().counts();
    store.getRange(key, 5000, 70_000);

    assertThat(FAMILY.counter().counts().since(before).bytesReceived()).isEqualTo(70_000);
  }

  private static void assertCalls(Runnable step, String... expected) {
    Counts before = FAMILY.counter().counts();
    step.run();
    Counts counted = FAMILY.counter().counts().since(before);

    Map<String, Long> calls = new TreeMap<>();
    Arrays.stream(expected).forEach(call -> calls.merge(call, 1L, Long::sum));
    assertThat(counted.calls()).isEqualTo(calls);
    assertThat(counted.total()).isEqualTo(expected.length);
  }

  private LogEntry.Committed committed(long place, DeltaId delta) {
    return new LogEntry.Committed(
        new Sequence(place), delta, ObjectLayout.delta(c, delta), 1, 10, Checksum.of(new byte[0]));
  }

  private Tip tip(long generation) {
    return new Tip(new Generation(generation), Sequence.ZERO, manifest(generation));
  }

  private ObjectKey manifest(long generation) {
    return ObjectLayout.manifest(c, new Generation(generation), AT, new Epoch(1), Fresh.commitId());
  }

  private static ETag stored(PutResult result) {
    return ((PutResult.Stored) result).etag();
  }
}
