package dev.siltstone.access;

import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import java.util.Set;

/**
 * What a token reaches: the databases of these names in the tenants of these names. An empty set
 * stands for all there are and will be.
 */
public record Scope(Set<TenantName> tenants, Set<DatabaseName> databases) {
  /** Everything. */
  public static final Scope ALL = new Scope(Set.of(), Set.of());

  public Scope {
    tenants = Set.copyOf(tenants);
    databases = Set.copyOf(databases);
  }

  /** Whether anything of a tenant is reached. */
  public boolean enters(String tenant) {
    return tenants.isEmpty() || tenants.stream().anyMatch(name -> name.value().equals(tenant));
  }

  /** Whether a tenant is reached with all its databases. */
  public boolean reaches(String tenant) {
    return databases.isEmpty() && enters(tenant);
  }

  /** Whether a database is reached. */
  public boolean reaches(String tenant, String database) {
    return enters(tenant)
        && (databases.isEmpty()
            || databases.stream().anyMatch(name -> name.value().equals(database)));
  }

  public boolean reachesEverything() {
    return tenants.isEmpty() && databases.isEmpty();
  }
}
