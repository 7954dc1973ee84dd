package dev.siltstone.collection.aws;

import static dev.siltstone.aws.TableLayout.DROPPING;
import static dev.siltstone.aws.TableLayout.ID;
import static dev.siltstone.aws.TableLayout.LAST_ORDINAL;
import static dev.siltstone.aws.TableLayout.ORDINAL;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableQuery;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult;
import dev.siltstone.aws.WriteResult.Applied;
import dev.siltstone.aws.WriteResult.Refused;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.NotFoundException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Databases, by name and in order of creation. */
final class DynamoDatabases {
  /** A condition for a database that exists and is not being dropped. */
  static final String LIVING = "attribute_exists(#pk) AND attribute_not_exists(#dropping)";

  private final AwsTable table;
  private final DynamoTenants tenants;
  private final CollectionDrop drop;

  DynamoDatabases(AwsTable table, DynamoTenants tenants, CollectionDrop drop) {
    this.table = table;
    this.tenants = tenants;
    this.drop = drop;
  }

  Optional<Database> find(TenantName tenant, DatabaseName name) {
    return lookUp(tenant, name, Item.NONE).map(found -> DatabaseItem.decode(found.database()));
  }

  /** A living database's item, and another item read in the same call if there is such. */
  record Found(Item database, Optional<Item> other) {}

  /** {@link #read}, and if the table never had the defaults, creates them: only for who may. */
  Optional<Found> lookUp(TenantName tenant, DatabaseName name, Item other) {
    Optional<Found> found = read(tenant, name, other);
    if (found.isEmpty() && name.equals(DatabaseName.DEFAULT)) {
      tenants.ensureDefaults(tenant);
      return read(tenant, name, other);
    }
    return found;
  }

  /** Reads a database and, unless {@code other} is NONE, one more item in the same call. */
  Optional<Found> read(TenantName tenant, DatabaseName name, Item other) {
    Item key = DatabaseItem.key(tenant, name);
    Map<Item, Item> items = table.getAll(other.isEmpty() ? List.of(key) : List.of(key, other));
    return Optional.ofNullable(items.get(key))
        .filter(database -> !database.has(DROPPING))
        .map(database -> new Found(database, Optional.ofNullable(items.get(other))));
  }

  List<Database> list(TenantName tenant, int limit, int offset) {
    tenants.ensureDefaults(tenant);
    String listing = TableLayout.databases(tenant.value());
    return table
        .query(TableQuery.after(listing, BigInteger.ZERO), Listing.end(limit, offset))
        .stream()
        .skip(offset)
        .map(DatabaseItem::decode)
        .toList();
  }

  void create(Database database) {
    tenants.ensureDefaults(database.tenant());
    long ordinal = nextOrdinal(database.tenant());
    Optional<Item> taken = tryCreate(database, ordinal);
    while (taken.isPresent() && taken.get().has(DROPPING)) {
      finishDrop(DatabaseItem.decode(taken.get()));
      taken = tryCreate(database, ordinal);
    }
    if (taken.isPresent()) {
      throw new AlreadyExistsException("Database [" + database.name() + "] already exists");
    }
  }

  private long nextOrdinal(TenantName tenant) {
    Item counter = TableLayout.listed(TableLayout.databases(tenant.value()), 0);
    TableWrite next = TableWrite.update(counter, "ADD #last_ordinal :one").value("one", 1);
    return switch (table.write(next)) {
      case Applied applied -> applied.item().number(LAST_ORDINAL);
      case Refused _ -> throw new AssertionError("no condition was set");
    };
  }

  /** Empty, or the item that has the name already. */
  private Optional<Item> tryCreate(Database database, long ordinal) {
    WriteResult result =
        table.transact(
            TableWrite.put(DatabaseItem.encode(database, ordinal)).whenAbsent(),
            TableWrite.put(DatabaseItem.listed(database, ordinal)));
    return result instanceof Refused refused ? Optional.of(refused.found()) : Optional.empty();
  }

  /** Also finishes what an earlier drop of this name left undone. */
  void drop(TenantName tenant, DatabaseName name) {
    Optional<Found> living = lookUp(tenant, name, Item.NONE);
    boolean marked = living.isPresent() && mark(living.get().database());
    table
        .get(DatabaseItem.key(tenant, name))
        .filter(item -> item.has(DROPPING))
        .ifPresent(item -> finishDrop(DatabaseItem.decode(item)));
    if (!marked) {
      throw new NotFoundException("Database [" + name + "] not found");
    }
  }

  /** From here on the database and every name in it are gone. False if somebody was faster. */
  private boolean mark(Item found) {
    Item listed = DatabaseItem.listed(DatabaseItem.decode(found), found.number(ORDINAL));
    WriteResult result =
        table.transact(
            TableWrite.update(found.key(), "SET #dropping = :one")
                .when(LIVING + " AND #id = :id")
                .value("one", 1)
                .value("id", found.text(ID)),
            TableWrite.delete(listed.key()));
    return result instanceof Applied;
  }

  private void finishDrop(Database database) {
    drop.all(database.tenant(), database.name());
    table.write(
        TableWrite.delete(DatabaseItem.key(database.tenant(), database.name()))
            .when("#id = :id AND attribute_exists(#dropping)")
            .value("id", database.id().toString()));
  }
}
