package dev.siltstone.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.contract.Fresh;
import dev.siltstone.emulators.FaultyHttpClient.Fault;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.LeaseStore.AcquireResult.Acquired;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps that take more than one call, with somebody else acting in between. */
final class DynamoDbInterleavingTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Fault NOTHING = new Fault.Meanwhile(() -> {});

  private static final AwsFamily FAMILY = AwsFamily.create(AwsServices.emulated());
  private static final AwsFamily OTHERS = FAMILY.another();

  private final FaultyHttpClient faults = FAMILY.faults();
  private final Catalog catalog = FAMILY.catalog();
  private final Catalog theirs = OTHERS.catalog();
  private final Database database = newDatabase();

  @AfterEach
  void everybodyHasActed() {
    assertThat(faults.isSpent()).isTrue();
  }

  @Test
  void createsNothingInADatabaseThatIsDroppedInTheLastMoment() {
    Collection collection = Fresh.collection(database, Fresh.collectionName());
    meanwhile("TransactWriteItems", () -> theirs.dropDatabase(database.tenant(), database.name()));

    assertThatThrownBy(() -> catalog.createCollection(collection))
        .isInstanceOf(InvalidRequestException.class);

    assertThat(catalog.collection(collection.id())).isEmpty();
    assertThat(FAMILY.log().read(collection.id())).isEmpty();
  }

  @Test
  void createsNothingInADatabaseThatIsDroppedAndCreatedAgainInTheLastMoment() {
    Collection collection = Fresh.collection(database, Fresh.collectionName());
    meanwhile(
        "TransactWriteItems",
        () -> {
          theirs.dropDatabase(database.tenant(), database.name());
          theirs.createDatabase(new Database(Fresh.uuid(), database.tenant(), database.name()));
        });

    assertThatThrownBy(() -> catalog.createCollection(collection))
        .isInstanceOf(InvalidRequestException.class);

    assertThat(catalog.collection(collection.id())).isEmpty();
  }

  @Test
  void returnsTheCollectionThatTookTheNameInTheLastMoment() {
    Collection mine = Fresh.collection(database, Fresh.collectionName());
    Collection winner = Fresh.collection(database, mine.name());
    meanwhile("TransactWriteItems", () -> theirs.createCollection(winner));

    assertThat(catalog.createCollection(mine)).isEqualTo(winner);

    assertThat(catalog.collection(mine.id())).isEmpty();
    assertThat(catalog.countCollections(database.tenant(), database.name())).isEqualTo(1);
  }

  @Test
  void dropsACollectionThatIsRenamedInTheLastMoment() {
    Collection collection =
        catalog.createCollection(Fresh.collection(database, Fresh.collectionName()));
    CollectionName name = Fresh.collectionName();
    meanwhile("TransactWriteItems", () -> theirs.updateCollection(renamed(collection, name)));

    assertThat(catalog.dropCollection(collection.id())).isTrue();

    assertThat(catalog.collection(database.tenant(), database.name(), name)).isEmpty();
    assertThat(catalog.createCollection(Fresh.collection(database, name)).id())
        .as("the new name is free")
        .isNotEqualTo(collection.id());
  }

  @Test
  void changesNothingWhenSomebodyElseChangedItInTheLastMoment() {
    Collection collection =
        catalog.createCollection(Fresh.collection(database, Fresh.collectionName()));
    Collection first = renamed(collection, Fresh.collectionName());
    Collection second = renamed(collection, Fresh.collectionName());
    meanwhile("TransactWriteItems", () -> theirs.updateCollection(first));

    assertThat(catalog.updateCollection(second)).isFalse();

    assertThat(catalog.collection(collection.id())).contains(first);
    assertThat(catalog.collection(database.tenant(), database.name(), second.name())).isEmpty();
  }

  @Test
  void takesALockThatIsReleasedWhileItIsToBeMarked() {
    LeaseStore leases = FAMILY.leases();
    var collection = Fresh.collectionId();
    leases.acquire(collection, "run 1", AT, LEASE);
    faults.plan("UpdateItem", NOTHING);
    meanwhile("UpdateItem", () -> OTHERS.leases().release(collection, new Epoch(1)));

    assertThat(leases.acquire(collection, "run 2", AT, LEASE))
        .isEqualTo(new Acquired(new Epoch(2)));
  }

  private void meanwhile(String operation, Runnable action) {
    faults.plan(operation, new Fault.Meanwhile(action));
  }

  private Database newDatabase() {
    Database created = new Database(Fresh.uuid(), Fresh.tenant(), Fresh.databaseName());
    catalog.createDatabase(created);
    return created;
  }

  private static Collection renamed(Collection collection, CollectionName name) {
    return new Collection(
        collection.id(),
        collection.tenant(),
        collection.database(),
        name,
        collection.space(),
        collection.hnsw(),
        collection.embeddingFunctionJson(),
        collection.schemaJson(),
        collection.metadata(),
        collection.settingsVersion() + 1);
  }
}
