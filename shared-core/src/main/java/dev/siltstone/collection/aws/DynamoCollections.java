package dev.siltstone.collection.aws;

import static dev.siltstone.aws.TableLayout.BACKLOG;
import static dev.siltstone.aws.TableLayout.DIMENSION;
import static dev.siltstone.aws.TableLayout.EMBEDDING_FUNCTION;
import static dev.siltstone.aws.TableLayout.FOLDED_HINT;
import static dev.siltstone.aws.TableLayout.ID;
import static dev.siltstone.aws.TableLayout.LAST_ORDINAL;
import static dev.siltstone.aws.TableLayout.NAME;
import static dev.siltstone.aws.TableLayout.NEXT_SEQUENCE;
import static dev.siltstone.aws.TableLayout.ORDINAL;
import static dev.siltstone.aws.TableLayout.SETTINGS_VERSION;
import static dev.siltstone.aws.TableLayout.UNFOLDED;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableQuery;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult.Applied;
import dev.siltstone.aws.WriteResult.Refused;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.LogStart;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Collections, by id, by name and in order of creation. */
final class DynamoCollections {
  /** How often a name may change hands while somebody creates a collection under it. */
  private static final int ROUNDS = 50;

  private final AwsTable table;
  private final DynamoDatabases databases;

  DynamoCollections(AwsTable table, DynamoDatabases databases) {
    this.table = table;
    this.databases = databases;
  }

  Optional<Collection> find(CollectionId id) {
    return table.get(TableLayout.collection(id)).map(CollectionItem::decode);
  }

  /**
   * One call for the database and the name's entry, one for the settings. Creates no defaults:
   * producer and compactor look here too, and may not; without defaults there is no collection.
   */
  Optional<Collection> find(TenantName tenant, DatabaseName database, CollectionName name) {
    return databases
        .read(tenant, database, nameKey(tenant, database, name))
        .flatMap(DynamoDatabases.Found::other)
        .flatMap(entry -> find(CollectionId.parse(entry.text(ID))))
        .filter(collection -> collection.name().equals(name));
  }

  List<Collection> list(TenantName tenant, DatabaseName database, int limit, int offset) {
    List<Item> page =
        table.query(listing(tenant, database), Listing.end(limit, offset)).stream()
            .skip(offset)
            .toList();
    if (page.isEmpty() || databases.read(tenant, database, Item.NONE).isEmpty()) {
      return List.of();
    }
    List<Item> keys = new ArrayList<>();
    page.forEach(entry -> keys.add(TableLayout.collection(CollectionId.parse(entry.text(ID)))));
    Map<Item, Item> found = table.getAll(keys);
    return keys.stream()
        .map(found::get)
        .filter(Objects::nonNull)
        .map(CollectionItem::decode)
        .toList();
  }

  int count(TenantName tenant, DatabaseName database) {
    return databases.find(tenant, database).isEmpty() ? 0 : table.count(listing(tenant, database));
  }

  private static TableQuery listing(TenantName tenant, DatabaseName database) {
    return TableQuery.after(
        TableLayout.collections(tenant.value(), database.value()), BigInteger.ZERO);
  }

  Collection create(Collection collection) {
    for (int round = 0; round < ROUNDS; round++) {
      Optional<Collection> standing = existingOrCreated(collection);
      if (standing.isPresent()) {
        return standing.get();
      }
    }
    throw new UnavailableException("the name " + collection.name() + " keeps changing hands", null);
  }

  /** Empty if somebody came in between: look again. */
  private Optional<Collection> existingOrCreated(Collection collection) {
    Item nameKey = nameKey(collection.tenant(), collection.database(), collection.name());
    DynamoDatabases.Found found =
        databases
            .lookUp(collection.tenant(), collection.database(), nameKey)
            .orElseThrow(() -> noDatabase(collection));
    if (found.other().isPresent()) {
      return find(CollectionId.parse(found.other().get().text(ID)))
          .filter(existing -> existing.name().equals(collection.name()));
    }
    long ordinal = nextOrdinal(found.database().key(), collection);
    List<TableWrite> creation =
        creation(collection, found.database(), nameKey, ordinal, LogStart.EMPTY);
    return switch (table.transact(creation.toArray(TableWrite[]::new))) {
      case Applied _ -> Optional.of(collection);
      case Refused refused when refused.by(0) -> throw noDatabase(collection);
      case Refused _ -> Optional.empty();
    };
  }

  void restore(Collection collection, LogStart log) {
    Item nameKey = nameKey(collection.tenant(), collection.database(), collection.name());
    Item database =
        databases
            .lookUp(collection.tenant(), collection.database(), nameKey)
            .orElseThrow(() -> noDatabase(collection))
            .database();
    List<TableWrite> restoration =
        creation(collection, database, nameKey, nextOrdinal(database.key(), collection), log);
    restoration.add(
        TableWrite.check(TableLayout.listed(TableLayout.tombstones(), collection.id()))
            .whenAbsent());
    switch (table.transact(restoration.toArray(TableWrite[]::new))) {
      case Applied _ -> {}
      case Refused refused when refused.by(0) -> throw noDatabase(collection);
      case Refused refused when refused.by(1) -> throw nameTaken(collection);
      case Refused _ ->
          throw new AlreadyExistsException(
              "Collection [" + collection.id() + "] exists here or was dropped here");
    }
  }

  private long nextOrdinal(Item database, Collection collection) {
    TableWrite next =
        TableWrite.update(database, "ADD #last_ordinal :one")
            .when(DynamoDatabases.LIVING)
            .value("one", 1);
    return switch (table.write(next)) {
      case Applied applied -> applied.item().number(LAST_ORDINAL);
      case Refused _ -> throw noDatabase(collection);
    };
  }

  private static List<TableWrite> creation(
      Collection collection, Item database, Item nameKey, long ordinal, LogStart log) {
    CollectionId id = collection.id();
    String listing =
        TableLayout.collections(collection.tenant().value(), collection.database().value());
    return new ArrayList<>(
        List.of(
            TableWrite.check(database.key())
                .when(DynamoDatabases.LIVING + " AND #id = :id")
                .value("id", database.text(ID)),
            TableWrite.put(nameKey.with(ID, id.toString())).whenAbsent(),
            TableWrite.put(TableLayout.listed(listing, ordinal).with(ID, id.toString())),
            TableWrite.put(
                TableLayout.listed(TableLayout.allCollections(), id).with(ID, id.toString())),
            TableWrite.put(head(collection, log)).whenAbsent(),
            TableWrite.put(CollectionItem.encode(collection, ordinal)).whenAbsent()));
  }

  private static Item head(Collection collection, LogStart log) {
    Item head =
        TableLayout.head(collection.id())
            .with(NEXT_SEQUENCE, log.lastReserved().value() + 1)
            .with(FOLDED_HINT, log.folded().value())
            .with(EMBEDDING_FUNCTION, log.embeddingFunction())
            .with(SETTINGS_VERSION, collection.settingsVersion());
    Item shaped = log.dimension() == 0 ? head : head.with(DIMENSION, log.dimension());
    return log.folded().equals(log.lastReserved()) ? shaped : shaped.with(BACKLOG, UNFOLDED);
  }

  boolean update(Collection changed) {
    Item current =
        table.get(TableLayout.collection(changed.id())).orElseThrow(() -> gone(changed.id()));
    if (current.number(SETTINGS_VERSION) != changed.settingsVersion() - 1) {
      return false;
    }
    return switch (table.transact(change(current, changed))) {
      case Applied _ -> true;
      case Refused refused when !refused.by(0) -> throw nameTaken(changed);
      case Refused refused when refused.found().isEmpty() -> throw gone(changed.id());
      case Refused _ -> false;
    };
  }

  private static TableWrite[] change(Item current, Collection changed) {
    List<TableWrite> writes = new ArrayList<>();
    writes.add(
        TableWrite.put(CollectionItem.encode(changed, current.number(ORDINAL)))
            .when("#settings_version = :version")
            .value("version", changed.settingsVersion() - 1));
    String oldName = current.text(NAME);
    if (!oldName.equals(changed.name().value())) {
      writes.add(
          TableWrite.put(
                  nameKey(changed.tenant(), changed.database(), changed.name())
                      .with(ID, changed.id().toString()))
              .whenAbsent());
      writes.add(
          TableWrite.delete(
              nameKey(changed.tenant(), changed.database(), new CollectionName(oldName))));
    }
    writes.add(
        TableWrite.update(TableLayout.head(changed.id()), "SET #settings_version = :version")
            .whenPresent()
            .value("version", changed.settingsVersion()));
    return writes.toArray(TableWrite[]::new);
  }

  private static Item nameKey(TenantName tenant, DatabaseName database, CollectionName name) {
    return TableLayout.collectionName(tenant.value(), database.value(), name.value());
  }

  private static InvalidRequestException noDatabase(Collection collection) {
    return new InvalidRequestException("Database [" + collection.database() + "] does not exist");
  }

  private static AlreadyExistsException nameTaken(Collection collection) {
    return new AlreadyExistsException("Collection [" + collection.name() + "] already exists");
  }

  private static NotFoundException gone(CollectionId id) {
    return new NotFoundException("Collection [" + id + "] does not exist.");
  }
}
