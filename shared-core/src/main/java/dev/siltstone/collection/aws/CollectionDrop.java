package dev.siltstone.collection.aws;

import static dev.siltstone.aws.TableLayout.DATABASE;
import static dev.siltstone.aws.TableLayout.ID;
import static dev.siltstone.aws.TableLayout.NAME;
import static dev.siltstone.aws.TableLayout.ORDINAL;
import static dev.siltstone.aws.TableLayout.TENANT;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableQuery;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult;
import dev.siltstone.aws.WriteResult.Applied;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.identity.CollectionId;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Drops collections: settings, name, entries in listings and log head go and the tombstone comes in
 * one transaction.
 */
final class CollectionDrop {
  private static final int PAGE = 100;

  private final AwsTable table;

  CollectionDrop(AwsTable table) {
    this.table = table;
  }

  /** Every collection of a database in which none can be created any more. */
  void all(TenantName tenant, DatabaseName database) {
    TableQuery listing =
        TableQuery.after(
            TableLayout.collections(tenant.value(), database.value()), BigInteger.ZERO);
    for (List<Item> page = table.query(listing, PAGE);
        !page.isEmpty();
        page = table.query(listing, PAGE)) {
      page.forEach(entry -> one(CollectionId.parse(entry.text(ID))));
    }
  }

  /** False if there is none (any more). */
  boolean one(CollectionId id) {
    Optional<Item> found = table.get(TableLayout.collection(id));
    while (found.isPresent() && !tryDrop(id, found.get())) {
      found = table.get(TableLayout.collection(id));
    }
    return found.isPresent();
  }

  /** False if it was renamed or dropped since it was read. */
  private boolean tryDrop(CollectionId id, Item found) {
    String tenant = found.text(TENANT);
    String database = found.text(DATABASE);
    String name = found.text(NAME);
    String listing = TableLayout.collections(tenant, database);
    WriteResult result =
        table.transact(
            TableWrite.delete(found.key()).when("#name = :name").value("name", name),
            TableWrite.delete(TableLayout.collectionName(tenant, database, name)),
            TableWrite.delete(TableLayout.listed(listing, found.number(ORDINAL))),
            TableWrite.delete(TableLayout.listed(TableLayout.allCollections(), id)),
            TableWrite.delete(TableLayout.head(id)),
            TableWrite.put(
                TableLayout.listed(TableLayout.tombstones(), id).with(ID, id.toString())));
    return result instanceof Applied;
  }
}
