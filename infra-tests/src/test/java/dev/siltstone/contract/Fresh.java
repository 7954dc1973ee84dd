package dev.siltstone.contract;

import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Metadata;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.util.Random;
import java.util.UUID;

/** Names and ids that no other test has, so that tests can share a store. */
public final class Fresh {
  private static final TimeOrderedIds IDS = new TimeOrderedIds(Clock.system(), new Random());

  private Fresh() {}

  public static UUID uuid() {
    return IDS.next();
  }

  public static CollectionId collectionId() {
    return new CollectionId(uuid());
  }

  public static DeltaId deltaId() {
    return new DeltaId(uuid());
  }

  public static CommitId commitId() {
    return new CommitId(uuid());
  }

  public static TenantName tenant() {
    return new TenantName("tenant-" + uuid());
  }

  public static DatabaseName databaseName() {
    return new DatabaseName("database-" + uuid());
  }

  public static CollectionName collectionName() {
    return new CollectionName("collection-" + uuid());
  }

  /** A database of the default tenant; not created. */
  public static Database database() {
    return new Database(uuid(), TenantName.DEFAULT, databaseName());
  }

  /** A collection's settings in this database; not created. */
  public static Collection collection(Database database, CollectionName name) {
    return new Collection(
        collectionId(),
        database.tenant(),
        database.name(),
        name,
        Space.L2,
        HnswParameters.DEFAULT,
        null,
        null,
        Metadata.NONE,
        0);
  }
}
