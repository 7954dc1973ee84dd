package dev.siltstone.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.aws.AwsCallCounter.Counts;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.contract.Fresh;
import dev.siltstone.emulators.FaultyHttpClient.Fault;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.PlaceResult;
import dev.siltstone.log.QuarantineResult;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.log.Tip;
import dev.siltstone.log.TipResult;
import dev.siltstone.log.VoidResult;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Throttling, conflicts, and calls that take effect but report failure. */
final class DynamoDbFaultTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final AwsFamily FAMILY = AwsFamily.create(AwsServices.emulated());
  private static final Database HOME =
      FAMILY.catalog().database(TenantName.DEFAULT, DatabaseName.DEFAULT).orElseThrow();

  private final FaultyHttpClient faults = FAMILY.faults();
  private final Catalog catalog = FAMILY.catalog();
  private final DeltaLog log = FAMILY.log();
  private final LeaseStore leases = FAMILY.leases();
  private CollectionId c = Fresh.collectionId();

  @BeforeEach
  void createCollection() {
    c = catalog.createCollection(Fresh.collection(HOME, Fresh.collectionName())).id();
  }

  @AfterEach
  void everyFaultHasStruck() {
    assertThat(faults.isSpent()).isTrue();
  }

  /** After these nobody can know what became of a write, although it happened. */
  static List<Fault> answersLostAfterTheEffect() {
    return List.of(new Fault.LostAnswer(), Fault.falseReport());
  }

  static List<Fault> refusals() {
    return List.of(
        Fault.dynamoDb("ThrottlingException"),
        Fault.dynamoDb("ProvisionedThroughputExceededException"),
        Fault.dynamoDb("RequestLimitExceeded"),
        Fault.dynamoDb("TransactionConflictException"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void reservesOncePlaceAfterRefusals(Fault refusal) {
    faults.plan("UpdateItem", refusal);
    faults.plan("UpdateItem", refusal);

    var reserved = (ReserveResult.Reserved) log.reserve(c, Fresh.deltaId(), null);

    assertThat(reserved.place()).isEqualTo(new Sequence(1));
    assertThat(lastReserved()).isEqualTo(new Sequence(1));
  }

  @ParameterizedTest
  @MethodSource("answersLostAfterTheEffect")
  void neverSendsAReservationAgainWhoseAnswerWasLost(Fault fault) {
    faults.plan("UpdateItem", fault);
    Counts before = FAMILY.counter().counts();

    assertThatThrownBy(() -> log.reserve(c, Fresh.deltaId(), null))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("HEAD#" + c);

    assertThat(FAMILY.counter().counts().since(before).total()).isEqualTo(1);
    assertThat(lastReserved()).as("one hole, not two").isEqualTo(new Sequence(1));
  }

  @Test
  void doesNotKnowWhetherAReservationArrivedThatDidNot() {
    faults.plan("UpdateItem", new Fault.LostRequest());

    assertThatThrownBy(() -> log.reserve(c, Fresh.deltaId(), null))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(lastReserved()).isEqualTo(Sequence.ZERO);
  }

  @ParameterizedTest
  @MethodSource("answersLostAfterTheEffect")
  void recognisesItsOwnEntryWhenItPlacesAgain(Fault fault) {
    LogEntry.Committed entry = committed(1);
    faults.plan("PutItem", fault);

    assertThat(log.place(c, entry)).isEqualTo(new PlaceResult.Placed());

    assertThat(log.readAfter(c, Sequence.ZERO, 10)).containsExactly(entry);
  }

  @ParameterizedTest
  @MethodSource("answersLostAfterTheEffect")
  void voidsAndQuarantinesAgainWithoutHarm(Fault fault) {
    LogEntry.Committed entry = committed(1);
    log.place(c, entry);
    faults.plan("TransactWriteItems", fault);
    assertThat(log.quarantine(c, entry, "bad")).isInstanceOf(QuarantineResult.Verdict.class);

    faults.plan("TransactWriteItems", fault);
    assertThat(log.voidPlace(c, new Sequence(2)))
        .isEqualTo(new VoidResult.Filled(new LogEntry.Voided(new Sequence(2))));

    assertThat(log.readAfter(c, Sequence.ZERO, 10)).hasSize(2);
  }

  @Test
  void repeatsTransactionsThatMetAnother() {
    faults.plan("TransactWriteItems", Fault.cancelled("TransactionConflict", "None"));
    faults.plan("TransactWriteItems", Fault.cancelled("None", "ThrottlingError"));
    faults.plan("TransactWriteItems", Fault.dynamoDb("TransactionInProgressException"));

    assertThat(log.voidPlace(c, new Sequence(1))).isInstanceOf(VoidResult.Filled.class);
  }

  @Test
  void givesUpATransactionThatCanNeverSucceed() {
    faults.plan("TransactWriteItems", Fault.cancelled("None", "ValidationError"));

    assertThatThrownBy(() -> log.voidPlace(c, new Sequence(1)))
        .isInstanceOf(UnavailableException.class);

    assertThat(log.readPlace(c, new Sequence(1))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("answersLostAfterTheEffect")
  void movesTheTipAgainWithoutHarm(Fault fault) {
    faults.plan("TransactWriteItems", fault);
    assertThat(log.moveTip(c, tip(1))).isEqualTo(new TipResult.Moved());
    Tip second = tip(2);
    faults.plan("PutItem", fault);

    assertThat(log.moveTip(c, second)).isEqualTo(new TipResult.AlreadyThere(second));

    assertThat(log.read(c).orElseThrow().tip()).isEqualTo(second);
  }

  @Test
  void readsAgainWhateverPasses() {
    faults.plan("BatchGetItem", Fault.dynamoDb("ThrottlingException"));
    faults.plan("BatchGetItem", new Fault.LostAnswer());
    faults.plan("BatchGetItem", Fault.falseReport());

    assertThat(log.read(c)).isPresent();
  }

  @Test
  void asksAgainForKeysThatWereNotRead() {
    log.moveTip(c, tip(1));
    String left =
        "{\"Responses\":{},\"UnprocessedKeys\":{\"%s\":{\"ConsistentRead\":true,\"Keys\":[%s,%s]}}}"
            .formatted(FAMILY.tableName(), key("HEAD#" + c, 0), key("TIP#" + c, 0));
    faults.plan("BatchGetItem", new Fault.Instead(200, left));

    var read = log.read(c).orElseThrow();

    assertThat(read.tip().generation()).isEqualTo(new Generation(1));
  }

  @Test
  void asksAgainForItemsThatWereNotDeleted() {
    log.place(c, committed(1));
    log.moveTip(c, new Tip(new Generation(1), new Sequence(1), tip(1).manifest()));
    String left =
        "{\"UnprocessedItems\":{\"%s\":[{\"DeleteRequest\":{\"Key\":%s}}]}}"
            .formatted(FAMILY.tableName(), key("LOG#" + c, 1));
    faults.plan("BatchWriteItem", new Fault.Instead(200, left));

    assertThat(log.trim(c, new Sequence(1), 10)).isEqualTo(1);

    assertThat(log.readPlace(c, new Sequence(1))).isEmpty();
  }

  private static String key(String pk, long sk) {
    return "{\"pk\":{\"S\":\"%s\"},\"sk\":{\"N\":\"%d\"}}".formatted(pk, sk);
  }

  @ParameterizedTest
  @MethodSource("answersLostAfterTheEffect")
  void createsACollectionOnceThoughTheAnswerWasLost(Fault fault) {
    Collection collection = Fresh.collection(HOME, Fresh.collectionName());
    faults.plan("TransactWriteItems", fault);

    assertThat(catalog.createCollection(collection)).isEqualTo(collection);

    assertThat(catalog.collection(collection.id())).contains(collection);
  }

  @ParameterizedTest
  @MethodSource("answersLostAfterTheEffect")
  void succeedsOnceInTheCatalogThoughTheAnswerWasLost(Fault fault) {
    TenantName tenant = Fresh.tenant();
    faults.plan("TransactWriteItems", fault);
    catalog.createTenant(tenant);
    Database database = new Database(Fresh.uuid(), tenant, Fresh.databaseName());
    faults.plan("TransactWriteItems", fault);
    catalog.createDatabase(database);
    faults.plan("TransactWriteItems", fault);

    assertThat(catalog.dropCollection(c)).isTrue();

    assertThat(catalog.database(tenant, database.name())).contains(database);
  }

  @Test
  void finishesWhatACrashLeftOfADatabase() {
    Database database = new Database(Fresh.uuid(), Fresh.tenant(), Fresh.databaseName());
    catalog.createDatabase(database);
    Collection collection =
        catalog.createCollection(Fresh.collection(database, Fresh.collectionName()));
    // The first transaction marks the database, the second would drop its collection.
    faults.plan("Query", Fault.dynamoDb("AccessDeniedException"));
    assertThatThrownBy(() -> catalog.dropDatabase(database.tenant(), database.name()))
        .isInstanceOf(UnavailableException.class);
    assertThat(catalog.database(database.tenant(), database.name())).isEmpty();
    assertThat(catalog.collection(collection.id())).as("left behind").isPresent();

    Database successor = new Database(Fresh.uuid(), database.tenant(), database.name());
    catalog.createDatabase(successor);

    assertThat(catalog.database(database.tenant(), database.name())).contains(successor);
    assertThat(catalog.collection(collection.id())).isEmpty();
    assertThat(log.read(collection.id())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("answersLostAfterTheEffect")
  void neverTakesTheLockTwiceAfterALostAnswer(Fault fault) {
    faults.plan("UpdateItem", fault);

    assertThatThrownBy(() -> leases.acquire(c, "run 1", AT, LEASE))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(leases.read(c).orElseThrow().epoch()).isEqualTo(new Epoch(1));
  }

  @Test
  void releasesAgainWithoutHarm() {
    leases.acquire(c, "run 1", AT, LEASE);
    faults.plan("UpdateItem", new Fault.LostAnswer());

    assertThat(leases.releaseUnlessWanted(c, new Epoch(1))).isTrue();

    assertThat(leases.read(c)).isEmpty();
  }

  @Test
  void saysThatItIsUnavailableWhenItMayNot() {
    faults.plan("GetItem", Fault.dynamoDb("AccessDeniedException"));

    assertThatThrownBy(() -> log.readPlace(c, new Sequence(1)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("LOG#" + c + "/1");
  }

  private Sequence lastReserved() {
    return log.read(c).orElseThrow().head().lastReserved();
  }

  private LogEntry.Committed committed(long place) {
    DeltaId delta = Fresh.deltaId();
    return new LogEntry.Committed(
        new Sequence(place), delta, ObjectLayout.delta(c, delta), 1, 10, Checksum.of(new byte[0]));
  }

  private Tip tip(long generation) {
    Generation number = new Generation(generation);
    return new Tip(
        number,
        Sequence.ZERO,
        ObjectLayout.manifest(c, number, AT, new Epoch(1), Fresh.commitId()));
  }
}
