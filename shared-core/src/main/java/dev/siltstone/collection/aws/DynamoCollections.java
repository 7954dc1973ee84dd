package dev.siltstone.collection.aws;

import static dev.siltstone.aws.TableLayout.ID;
import static dev.siltstone.aws.TableLayout.LAST_ORDINAL;
import static dev.siltstone.aws.TableLayout.NAME;
import static dev.siltstone.aws.TableLayout.ORDINAL;
import static dev.siltstone.aws.TableLayout.SETTINGS_VERSION;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableQuery;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult;
import dev.siltstone.aws.WriteResult.Applied;
import dev.siltstone.aws.WriteResult.Refused;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
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
    WriteResult result = table.transact(creation(collection, found.database(), nameKey, ordinal));
    return switch (result) {
      case Applied _ -> Optional.of(collection);
      case Refused refused when refused.by(0) -> throw noDatabase(collection);
      case Refused _ -> Optional.empty();
    };
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

  private static TableWrite[] creation(
      Collection collection, Item database, Item nameKey, long ordinal) {
    CollectionId id = collection.id();
    String listing =
        TableLayout.collections(collection.tenant().value(), collection.database().value());
    return new TableWrite[] {
      TableWrite.check(database.key())
          .when(DynamoDatabases.LIVING + " AND #id = :id")
          .value("id", database.text(ID)),
      TableWrite.put(nameKey.with(ID, id.toString())).whenAbsent(),
      TableWrite.put(TableLayout.listed(listing, ordinal).with(ID, id.toString())),
      TableWrite.put(TableLayout.listed(TableLayout.allCollections(), id).with(ID, id.toString())),
      TableWrite.put(TableLayout.newHead(id, collection.settingsVersion())),
      TableWrite.put(CollectionItem.encode(collection, ordinal))
    };
  }

  boolean update(Collection changed) {
    Item current =
        table.get(TableLayout.collection(changed.id())).orElseThrow(() -> gone(changed.id()));
    if (current.number(SETTINGS_VERSION) != changed.settingsVersion() - 1) {
      return false;
    }
    return switch (table.transact(change(current, changed))) {
      case Applied _ -> true;
      case Refused refused when !refused.by(0) ->
          throw new AlreadyExistsException("Collection [" + changed.name() + "] already exists");
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

  private static NotFoundException gone(CollectionId id) {
    return new NotFoundException("Collection [" + id + "] does not exist.");
  }
}
