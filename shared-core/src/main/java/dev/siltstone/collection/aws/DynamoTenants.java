package dev.siltstone.collection.aws;

import static dev.siltstone.aws.TableLayout.LAST_ORDINAL;
import static dev.siltstone.aws.TableLayout.NAME;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult.Refused;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import java.util.Optional;
import java.util.UUID;

/** Tenants, and the defaults that every table starts with. */
final class DynamoTenants {
  private static final Database DEFAULT =
      new Database(new UUID(0, 0), TenantName.DEFAULT, DatabaseName.DEFAULT);
  private static final long FIRST = 1;

  private final AwsTable table;

  DynamoTenants(AwsTable table) {
    this.table = table;
  }

  void create(TenantName name) {
    ensureDefaults(name);
    if (table.transact(TableWrite.put(item(name)).whenAbsent()) instanceof Refused) {
      throw new AlreadyExistsException("Tenant [" + name + "] already exists");
    }
  }

  Optional<TenantName> find(TenantName name) {
    ensureDefaults(name);
    return table.get(TableLayout.tenant(name.value())).map(_ -> name);
  }

  /**
   * If this is the default tenant and the table never had it: creates it and its default database.
   * That the database alone is missing says nothing, it may have been dropped.
   */
  void ensureDefaults(TenantName name) {
    if (name.equals(TenantName.DEFAULT) && table.get(item(name).key()).isEmpty()) {
      createDefaults();
    }
  }

  void createDefaults() {
    String listing = TableLayout.databases(TenantName.DEFAULT.value());
    table.transact(
        TableWrite.put(item(TenantName.DEFAULT)).whenAbsent(),
        TableWrite.put(TableLayout.listed(listing, 0).with(LAST_ORDINAL, FIRST)),
        TableWrite.put(DatabaseItem.listed(DEFAULT, FIRST)),
        TableWrite.put(DatabaseItem.encode(DEFAULT, FIRST)));
  }

  private static Item item(TenantName name) {
    return TableLayout.tenant(name.value()).with(NAME, name.value());
  }
}
