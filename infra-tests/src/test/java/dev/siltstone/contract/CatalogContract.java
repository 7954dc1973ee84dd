package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue.BoolList;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Catalog} does, also to the heads of the log beside it. */
abstract class CatalogContract extends FamilyContract {
  private static final int ALL = 1000;

  /** A client of the catalog under test. */
  final Catalog catalog() {
    return families().one().catalog();
  }

  /** Another client of the same catalog, as another process would have one. */
  final Catalog anotherCatalog() {
    return families().two().catalog();
  }

  /** The log beside it. */
  final DeltaLog log() {
    return families().one().log();
  }

  /** A client of a new catalog that no other test touches. */
  final Catalog newCatalog() {
    return families().fresh().catalog();
  }

  /** How often each race is run. */
  private int rounds() {
    return rounds(30, 5);
  }

  @Test
  void hasTheDefaultTenantAndDatabaseFromTheStart() {
    assertThatOnlyDefaultsExist(newCatalog());
  }

  @Test
  void keepsTenants() {
    TenantName tenant = Fresh.tenant();
    assertThat(catalog().tenant(tenant)).isEmpty();

    catalog().createTenant(tenant);

    assertThat(anotherCatalog().tenant(tenant)).contains(tenant);
    assertThatThrownBy(() -> catalog().createTenant(tenant))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("Tenant [" + tenant + "] already exists");
  }

  @Test
  void keepsDatabasesOfEachTenantInOrderOfCreation() {
    TenantName tenant = Fresh.tenant();
    Database zebra = new Database(Fresh.uuid(), tenant, new DatabaseName("zebra"));
    Database apple = new Database(Fresh.uuid(), tenant, new DatabaseName("apple"));
    Database mango = new Database(Fresh.uuid(), tenant, new DatabaseName("mango"));

    Stream.of(zebra, apple, mango).forEach(catalog()::createDatabase);

    assertThat(anotherCatalog().database(tenant, apple.name())).contains(apple);
    assertThat(catalog().databases(tenant, ALL, 0)).containsExactly(zebra, apple, mango);
    assertThat(catalog().databases(tenant, 2, 0)).containsExactly(zebra, apple);
    assertThat(catalog().databases(tenant, 2, 2)).containsExactly(mango);
    assertThat(catalog().databases(tenant, 2, 3)).isEmpty();
    assertThat(catalog().databases(Fresh.tenant(), ALL, 0)).isEmpty();
  }

  @Test
  void refusesASecondDatabaseOfOneName() {
    Database database = newDatabase();
    Database second = new Database(Fresh.uuid(), database.tenant(), database.name());

    assertThatThrownBy(() -> catalog().createDatabase(second))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("Database [" + database.name() + "] already exists");
    assertThat(catalog().database(database.tenant(), database.name())).contains(database);
  }

  @Test
  void dropsADatabaseWithItsCollections() {
    Database database = newDatabase();
    Collection first = newCollection(database);
    Collection second = newCollection(database);
    Collection elsewhere = newCollection(newDatabase());

    catalog().dropDatabase(database.tenant(), database.name());

    assertThat(catalog().database(database.tenant(), database.name())).isEmpty();
    assertThat(catalog().databases(database.tenant(), 100_000, 0)).doesNotContain(database);
    assertThatIsGone(first);
    assertThatIsGone(second);
    assertThat(catalog().collection(elsewhere.id())).contains(elsewhere);
    assertThatThrownBy(() -> catalog().dropDatabase(database.tenant(), database.name()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(database.name().value());

    catalog().createDatabase(database);
    assertThat(catalog().countCollections(database.tenant(), database.name())).isZero();
  }

  @Test
  void keepsEverySettingOfACollection() {
    Database database = newDatabase();
    Collection collection =
        new Collection(
            Fresh.collectionId(),
            database.tenant(),
            database.name(),
            Fresh.collectionName(),
            Space.COSINE,
            new HnswParameters(17, 201, 55, 3, 1.25, 101, 1001),
            "{\"type\":\"known\",\"name\":\"défaut \\u0000 \uD83E\uDEA8\"}",
            "{\"defaults\":{},\"keys\":{}}",
            metadataOfEveryKind(),
            0);

    assertThat(catalog().createCollection(collection)).isEqualTo(collection);

    assertThat(anotherCatalog().collection(collection.id())).contains(collection);
    assertThat(anotherCatalog().collection(database.tenant(), database.name(), collection.name()))
        .contains(collection);
    assertThat(catalog().collections(database.tenant(), database.name(), ALL, 0))
        .containsExactly(collection);
  }

  @Test
  void createsTheLogHeadWithTheCollection() {
    Collection collection = newCollection(newDatabase());

    assertThat(log().read(collection.id())).isPresent();
  }

  @Test
  void returnsTheCollectionThatHasTheNameAlready() {
    Database database = newDatabase();
    Collection first = newCollection(database);
    Collection second = Fresh.collection(database, first.name());

    assertThat(catalog().createCollection(second)).isEqualTo(first);

    assertThat(catalog().collection(second.id())).isEmpty();
    assertThat(log().read(second.id())).isEmpty();
    assertThat(catalog().countCollections(database.tenant(), database.name())).isEqualTo(1);
  }

  @Test
  void returnsTheSameCollectionWhenItsCreationIsRepeated() {
    Collection collection = newCollection(newDatabase());

    assertThat(anotherCatalog().createCollection(collection)).isEqualTo(collection);
  }

  @Test
  void refusesACollectionInADatabaseThatDoesNotExist() {
    Collection collection = Fresh.collection(Fresh.database(), Fresh.collectionName());

    assertThatThrownBy(() -> catalog().createCollection(collection))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(collection.database().value());
    assertThat(catalog().collection(collection.id())).isEmpty();
    assertThat(log().read(collection.id())).isEmpty();
  }

  @Test
  void listsCollectionsInOrderOfCreation() {
    Database database = newDatabase();
    List<Collection> created = new ArrayList<>();
    for (String name : List.of("zebra", "apple", "mango", "banana", "cherry")) {
      created.add(catalog().createCollection(Fresh.collection(database, new CollectionName(name))));
    }
    newCollection(newDatabase());

    BiFunction<Integer, Integer, List<Collection>> page =
        (limit, offset) ->
            anotherCatalog().collections(database.tenant(), database.name(), limit, offset);
    assertThat(page.apply(ALL, 0)).isEqualTo(created);
    assertThat(page.apply(2, 0)).isEqualTo(created.subList(0, 2));
    assertThat(page.apply(2, 3)).isEqualTo(created.subList(3, 5));
    assertThat(page.apply(2, 5)).isEmpty();
    assertThat(page.apply(0, 0)).isEmpty();
    assertThat(catalog().countCollections(database.tenant(), database.name())).isEqualTo(5);
  }

  @Test
  void keepsEqualNamesOfDifferentDatabasesAndTenantsApart() {
    Database ours = new Database(Fresh.uuid(), Fresh.tenant(), new DatabaseName("same"));
    Database theirs = new Database(Fresh.uuid(), Fresh.tenant(), new DatabaseName("same"));
    CollectionName name = new CollectionName("same");
    Stream.of(ours, theirs).forEach(catalog()::createDatabase);

    Collection our = catalog().createCollection(Fresh.collection(ours, name));
    Collection their = catalog().createCollection(Fresh.collection(theirs, name));
    catalog().dropCollection(their.id());

    assertThat(our.id()).isNotEqualTo(their.id());
    assertThat(catalog().collection(ours.tenant(), ours.name(), name)).contains(our);
    assertThat(catalog().collection(theirs.tenant(), theirs.name(), name)).isEmpty();
  }

  @Test
  void changesSettingsAndTheVersionOnTheHead() {
    Collection collection = newCollection(newDatabase());
    Collection changed = with(collection, collection.name(), 1);

    assertThat(catalog().updateCollection(changed)).isTrue();

    assertThat(anotherCatalog().collection(collection.id())).contains(changed);
    assertThat(log().read(collection.id()).orElseThrow().head().settingsVersion()).isEqualTo(1);
  }

  @Test
  void keepsTheLogWhenSettingsChange() {
    Collection collection = newCollection(newDatabase());
    log().reserve(collection.id(), Fresh.deltaId(), null);
    Head before = log().read(collection.id()).orElseThrow().head();

    catalog().updateCollection(with(collection, Fresh.collectionName(), 1));

    Head after = log().read(collection.id()).orElseThrow().head();
    assertThat(after.lastReserved()).isEqualTo(before.lastReserved());
  }

  @Test
  void refusesAChangeOfAnOlderVersion() {
    Collection collection = newCollection(newDatabase());
    Collection first = with(collection, collection.name(), 1);
    catalog().updateCollection(first);

    assertThat(catalog().updateCollection(with(collection, Fresh.collectionName(), 1))).isFalse();
    assertThat(catalog().updateCollection(with(collection, Fresh.collectionName(), 5))).isFalse();

    assertThat(catalog().collection(collection.id())).contains(first);
    assertThat(catalog().updateCollection(with(first, Fresh.collectionName(), 2))).isTrue();
  }

  @Test
  void renames() {
    Database database = newDatabase();
    Collection first = newCollection(database);
    Collection second = newCollection(database);
    Collection renamed = with(first, Fresh.collectionName(), 1);

    assertThat(catalog().updateCollection(renamed)).isTrue();

    assertThat(find(database, renamed.name())).isEqualTo(renamed);
    assertThat(find(database, first.name())).as("the old name").isNull();
    assertThat(catalog().collections(database.tenant(), database.name(), ALL, 0))
        .containsExactly(renamed, second);
    Collection successor = catalog().createCollection(Fresh.collection(database, first.name()));
    assertThat(successor.id()).as("the old name is free").isNotEqualTo(first.id());
  }

  @Test
  void refusesToRenameToATakenName() {
    Database database = newDatabase();
    Collection first = newCollection(database);
    Collection second = newCollection(database);

    assertThatThrownBy(() -> catalog().updateCollection(with(first, second.name(), 1)))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining(second.name().value());

    assertThat(catalog().collection(first.id())).contains(first);
    assertThat(find(database, second.name())).isEqualTo(second);
    assertThat(log().read(first.id()).orElseThrow().head().settingsVersion()).isZero();
  }

  @Test
  void refusesToChangeWhatIsGone() {
    Collection collection = newCollection(newDatabase());
    catalog().dropCollection(collection.id());

    assertThatThrownBy(() -> catalog().updateCollection(with(collection, collection.name(), 1)))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(collection.id().toString());
    assertThatIsGone(collection);
  }

  @Test
  void dropsACollectionAndLeavesATombstone() {
    Collection collection = newCollection(newDatabase());

    assertThat(catalog().dropCollection(collection.id())).isTrue();

    assertThatIsGone(collection);
    assertThat(catalog().countCollections(collection.tenant(), collection.database())).isZero();
    assertThat(catalog().dropCollection(collection.id())).isFalse();
    assertThat(catalog().dropCollection(Fresh.collectionId())).isFalse();
  }

  @Test
  void givesARecreatedNameANewId() {
    Database database = newDatabase();
    Collection first = newCollection(database);
    catalog().dropCollection(first.id());

    Collection second = catalog().createCollection(Fresh.collection(database, first.name()));

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(find(database, first.name())).isEqualTo(second);
    assertThatIsGoneById(first);
    assertThat(log().reserve(first.id(), Fresh.deltaId(), null))
        .isEqualTo(new ReserveResult.CollectionGone());
    assertThat(log().reserve(second.id(), Fresh.deltaId(), null))
        .isInstanceOf(ReserveResult.Reserved.class);
  }

  @Test
  void listsAllCollectionsAndTombstonesByIdForSweeps() {
    Database database = newDatabase();
    List<CollectionId> living = new ArrayList<>();
    List<CollectionId> dropped = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      living.add(newCollection(database).id());
      CollectionId gone = newCollection(database).id();
      catalog().dropCollection(gone);
      dropped.add(gone);
    }

    List<CollectionId> collections = everyPage(catalog()::collectionsAfter, living.getFirst());
    List<CollectionId> tombstones = everyPage(catalog()::tombstonesAfter, dropped.getFirst());

    assertThat(collections).isSorted().containsAll(living).doesNotContainAnyElementsOf(dropped);
    assertThat(tombstones).isSorted().containsAll(dropped).doesNotContainAnyElementsOf(living);
  }

  @Test
  void resetsToTheDefaults() {
    Catalog catalog = newCatalog();
    Database database = Fresh.database();
    catalog.createTenant(Fresh.tenant());
    catalog.createDatabase(database);
    Database inDefault = catalog.database(TenantName.DEFAULT, DatabaseName.DEFAULT).orElseThrow();
    Collection first = Fresh.collection(database, Fresh.collectionName());
    Collection second = Fresh.collection(inDefault, Fresh.collectionName());
    Stream.of(first, second).forEach(catalog::createCollection);

    catalog.reset();

    assertThatOnlyDefaultsExist(catalog);
    assertThat(catalog.collection(first.id())).isEmpty();
    assertThat(catalog.collection(second.id())).isEmpty();
    assertThat(catalog.tombstonesAfter(null, ALL)).contains(first.id(), second.id());
    assertThat(catalog.createCollection(Fresh.collection(inDefault, second.name())).id())
        .isNotEqualTo(second.id());
  }

  @Test
  void restoresDefaultsThatWereDropped() {
    Catalog catalog = newCatalog();
    catalog.dropDatabase(TenantName.DEFAULT, DatabaseName.DEFAULT);

    catalog.reset();

    assertThatOnlyDefaultsExist(catalog);
  }

  @Test
  void letsExactlyOneOfManyCreateACollection() {
    Database database = newDatabase();
    for (int round = 0; round < rounds(); round++) {
      CollectionName name = Fresh.collectionName();

      List<Boolean> won =
          Race.of(
              Race.PARTIES,
              i -> {
                Collection mine = Fresh.collection(database, name);
                Collection result = client(i).createCollection(mine);
                assertThat(result).isEqualTo(find(database, name));
                return result.id().equals(mine.id());
              });

      assertThat(won).as("round %d", round).containsOnlyOnce(true);
    }
    assertThat(catalog().countCollections(database.tenant(), database.name())).isEqualTo(rounds());
  }

  @Test
  void letsExactlyOneOfManyCreateATenantAndADatabase() {
    for (int round = 0; round < rounds(); round++) {
      TenantName tenant = Fresh.tenant();
      DatabaseName name = Fresh.databaseName();

      List<Boolean> tenants =
          Race.of(Race.PARTIES, i -> succeeds(() -> client(i).createTenant(tenant)));
      List<Boolean> databases =
          Race.of(
              Race.PARTIES,
              i ->
                  succeeds(
                      () -> client(i).createDatabase(new Database(Fresh.uuid(), tenant, name))));

      assertThat(tenants).as("round %d", round).containsOnlyOnce(true);
      assertThat(databases).as("round %d", round).containsOnlyOnce(true);
    }
  }

  @Test
  void letsExactlyOneOfManyChangeAVersion() {
    Database database = newDatabase();
    Collection[] current = {newCollection(database)};
    for (int round = 1; round <= rounds(); round++) {
      long version = round;

      List<Boolean> won =
          Race.of(
              Race.PARTIES,
              i -> client(i).updateCollection(with(current[0], Fresh.collectionName(), version)));

      assertThat(won).as("round %d", round).containsOnlyOnce(true);
      current[0] = catalog().collection(current[0].id()).orElseThrow();
    }
    assertThat(catalog().collections(database.tenant(), database.name(), ALL, 0))
        .containsExactly(current[0]);
  }

  @Test
  void letsExactlyOneOfManyTakeANewName() {
    Database database = newDatabase();
    List<Collection> all = new ArrayList<>();
    for (int i = 0; i < Race.PARTIES; i++) {
      all.add(newCollection(database));
    }
    for (int round = 1; round <= rounds(); round++) {
      CollectionName name = Fresh.collectionName();

      List<Boolean> won =
          Race.of(
              Race.PARTIES,
              i -> {
                Collection changed = with(all.get(i), name, all.get(i).settingsVersion() + 1);
                return succeeds(() -> assertThat(client(i).updateCollection(changed)).isTrue());
              });

      assertThat(won).as("round %d", round).containsOnlyOnce(true);
      int winner = won.indexOf(true);
      all.set(winner, catalog().collection(all.get(winner).id()).orElseThrow());
      assertThat(find(database, name)).isEqualTo(all.get(winner));
    }
    assertThat(catalog().collections(database.tenant(), database.name(), ALL, 0))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void neverLeavesHalfACollectionWhenCreatorsAndDroppersRace() {
    Database database = newDatabase();
    CollectionName name = Fresh.collectionName();
    Set<CollectionId> seen = Collections.synchronizedSet(new HashSet<>());

    Race.of(
        8,
        i -> {
          for (int round = 0; round < rounds(); round++) {
            Collection made = client(i).createCollection(Fresh.collection(database, name));
            seen.add(made.id());
            client(i + 1).dropCollection(made.id());
          }
          return i;
        });

    assertThat(find(database, name)).isNull();
    assertThat(catalog().countCollections(database.tenant(), database.name())).isZero();
    assertThat(seen).allSatisfy(id -> assertThat(log().read(id)).isEmpty());
    assertThat(seen).allSatisfy(id -> assertThat(catalog().collection(id)).isEmpty());
  }

  @Test
  void leavesNoCollectionInADatabaseThatIsDroppedMeanwhile() {
    for (int round = 0; round < rounds(); round++) {
      Database database = newDatabase();
      List<Collection> planned = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        planned.add(Fresh.collection(database, Fresh.collectionName()));
      }

      Race.of(
          5,
          i -> {
            if (i == 4) {
              catalog().dropDatabase(database.tenant(), database.name());
            } else {
              createUnlessDropped(client(i), planned.get(i));
            }
            return i;
          });

      assertThat(planned)
          .as("round %d", round)
          .allSatisfy(each -> {
            assertThat(catalog().collection(each.id())).isEmpty();
            assertThat(log().read(each.id())).isEmpty();
          });
    }
  }

  private static void createUnlessDropped(Catalog catalog, Collection planned) {
    try {
      catalog.createCollection(planned);
    } catch (InvalidRequestException e) {
      assertThat(e).hasMessageContaining(planned.database().value());
    }
  }

  private static boolean succeeds(Runnable attempt) {
    try {
      attempt.run();
      return true;
    } catch (AlreadyExistsException e) {
      return false;
    }
  }

  private void assertThatIsGone(Collection collection) {
    assertThat(catalog().collection(collection.tenant(), collection.database(), collection.name()))
        .isEmpty();
    assertThat(catalog().collections(collection.tenant(), collection.database(), ALL, 0))
        .doesNotContain(collection);
    assertThatIsGoneById(collection);
  }

  private void assertThatIsGoneById(Collection collection) {
    assertThat(catalog().collection(collection.id())).isEmpty();
    assertThat(log().read(collection.id())).isEmpty();
    assertThat(everyPage(catalog()::tombstonesAfter, collection.id())).contains(collection.id());
  }

  private static void assertThatOnlyDefaultsExist(Catalog catalog) {
    assertThat(catalog.tenant(TenantName.DEFAULT)).contains(TenantName.DEFAULT);
    assertThat(catalog.databases(TenantName.DEFAULT, ALL, 0))
        .extracting(Database::name)
        .containsExactly(DatabaseName.DEFAULT);
    assertThat(catalog.database(TenantName.DEFAULT, DatabaseName.DEFAULT)).isPresent();
    assertThat(catalog.collectionsAfter(null, ALL)).isEmpty();
  }

  /** All ids from {@code first} on, three at a time. */
  private static List<CollectionId> everyPage(
      BiFunction<@Nullable CollectionId, Integer, List<CollectionId>> pages, CollectionId first) {
    List<CollectionId> all = new ArrayList<>();
    CollectionId after = justBefore(first);
    for (List<CollectionId> page = pages.apply(after, 3);
        !page.isEmpty();
        page = pages.apply(all.getLast(), 3)) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      all.addAll(page);
    }
    return all;
  }

  private static CollectionId justBefore(CollectionId id) {
    return new CollectionId(
        new UUID(id.value().getMostSignificantBits(), id.value().getLeastSignificantBits() - 1));
  }

  private @Nullable Collection find(Database database, CollectionName name) {
    return anotherCatalog().collection(database.tenant(), database.name(), name).orElse(null);
  }

  private Catalog client(int number) {
    return number % 2 == 0 ? catalog() : anotherCatalog();
  }

  private Database newDatabase() {
    Database database = Fresh.database();
    catalog().createDatabase(database);
    return database;
  }

  private Collection newCollection(Database database) {
    return catalog().createCollection(Fresh.collection(database, Fresh.collectionName()));
  }

  private static Collection with(Collection collection, CollectionName name, long version) {
    return new Collection(
        collection.id(),
        collection.tenant(),
        collection.database(),
        name,
        collection.space(),
        new HnswParameters(16, 100, (int) (100 + version), 2, 1.2, 100, 1000),
        collection.embeddingFunctionJson(),
        collection.schemaJson(),
        Metadata.of(Map.of("version", new IntValue(version))),
        version);
  }

  private static Metadata metadataOfEveryKind() {
    return Metadata.of(
        Map.of(
            "string", new StringValue("naïve \"quoted\" \u0000 \uD83E\uDEA8"),
            "int", new IntValue(Long.MIN_VALUE),
            "whole float", new FloatValue(3.0),
            "float", new FloatValue(1.0e-300),
            "bool", new BoolValue(false),
            "strings", new StringList(List.of(new StringValue("a"), new StringValue("b"))),
            "ints", new IntList(List.of(new IntValue(3), new IntValue(Long.MAX_VALUE))),
            "floats", new FloatList(List.of(new FloatValue(3.0), new FloatValue(-0.0))),
            "bools", new BoolList(List.of(new BoolValue(true)))));
  }
}
