package dev.siltstone.collection.aws;

import static dev.siltstone.aws.TableLayout.ID;
import static dev.siltstone.aws.TableLayout.NAME;
import static dev.siltstone.aws.TableLayout.ORDINAL;
import static dev.siltstone.aws.TableLayout.TENANT;

import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import java.util.UUID;

/** {@code CAT#DATABASE#} items and their entries in {@code CAT#DATABASES#}. */
final class DatabaseItem {
  private DatabaseItem() {}

  static Item key(TenantName tenant, DatabaseName name) {
    return TableLayout.database(tenant.value(), name.value());
  }

  static Item encode(Database database, long ordinal) {
    return described(key(database.tenant(), database.name()), database).with(ORDINAL, ordinal);
  }

  static Item listed(Database database, long ordinal) {
    String listing = TableLayout.databases(database.tenant().value());
    return described(TableLayout.listed(listing, ordinal), database);
  }

  private static Item described(Item key, Database database) {
    return key.with(ID, database.id().toString())
        .with(TENANT, database.tenant().value())
        .with(NAME, database.name().value());
  }

  static Database decode(Item item) {
    return new Database(
        UUID.fromString(item.text(ID)),
        new TenantName(item.text(TENANT)),
        new DatabaseName(item.text(NAME)));
  }
}
