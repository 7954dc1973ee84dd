package dev.siltstone.ingest;

import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.identity.CollectionId;

/** How a writer names a collection. */
public sealed interface CollectionRef {
  TenantName tenant();

  DatabaseName database();

  /** By id, which must belong to that database. */
  record ById(TenantName tenant, DatabaseName database, CollectionId id) implements CollectionRef {}

  /** By whatever has the name now. */
  record ByName(TenantName tenant, DatabaseName database, CollectionName name)
      implements CollectionRef {}
}
