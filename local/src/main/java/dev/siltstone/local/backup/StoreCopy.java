package dev.siltstone.local.backup;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.TokenId;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.LogReader;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Copies collections from one store into another. */
public final class StoreCopy {
  private static final int PAGE = 100;

  private final OpenStore from;
  private final OpenStore to;
  private final CollectionCopy copy;

  /**
   * A copy.
   *
   * @param previous an older backup on this machine, whose files are linked instead of fetched
   *     where it has them; null if there is none
   * @param workers carry objects side by side
   */
  public StoreCopy(
      OpenStore from,
      OpenStore to,
      @Nullable ObjectStore previous,
      Executor workers,
      Clock clock,
      RandomGenerator random,
      WorkProgress progress) {
    this.from = from;
    this.to = to;
    CollectionReading reading =
        new CollectionReading(
            from,
            new SnapshotStore(from.objects(), clock),
            new LogReader(from.log(), clock, random, LogReader.DEFAULT_GRACE));
    this.copy =
        new CollectionCopy(
            from,
            to,
            reading,
            new ObjectCopies(from.objects(), to, previous, workers),
            clock,
            progress);
  }

  /** Every collection there is to copy, those of a database in order of their creation. */
  public List<Collection> all() {
    List<Collection> all = new ArrayList<>();
    for (TenantName tenant : tenants()) {
      for (Database database : databases(from.catalog(), tenant)) {
        List<Collection> page;
        int offset = 0;
        do {
          page = from.catalog().collections(tenant, database.name(), PAGE, offset);
          all.addAll(page);
          offset += PAGE;
        } while (page.size() == PAGE);
      }
    }
    return all;
  }

  /** The default tenant, and those that have collections. */
  private Set<TenantName> tenants() {
    Set<TenantName> tenants = new LinkedHashSet<>(List.of(TenantName.DEFAULT));
    List<CollectionId> page = from.catalog().collectionsAfter(null, PAGE);
    while (!page.isEmpty()) {
      page.forEach(
          id -> from.catalog().collection(id).map(Collection::tenant).ifPresent(tenants::add));
      page = from.catalog().collectionsAfter(page.getLast(), PAGE);
    }
    return tenants;
  }

  private static List<Database> databases(Catalog catalog, TenantName tenant) {
    return catalog.databases(tenant, Integer.MAX_VALUE - PAGE, 0);
  }

  /** Whether a collection of this name stands in the copy already. */
  public boolean isThere(Collection collection) {
    return to.catalog()
        .collection(collection.tenant(), collection.database(), collection.name())
        .isPresent();
  }

  /**
   * Copies one, as it is now.
   *
   * @throws AlreadyExistsException if its name or id is taken in the copy; nothing was changed
   * @throws dev.siltstone.failure.SiltstoneException if it cannot be copied: nobody sees anything
   *     of it in the copy, and another attempt goes on from there
   */
  public CopiedCollection copy(Collection collection) {
    return copy.copy(collection.id());
  }

  /** The same, but nothing if it has been dropped since it was listed. */
  public Optional<CopiedCollection> copyUnlessDropped(Collection collection) {
    try {
      return Optional.of(copy(collection));
    } catch (NotFoundException e) {
      if (from.catalog().collection(collection.id()).isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Makes the databases that the copy lacks, those without collections among them. */
  public void copyDatabases() {
    for (TenantName tenant : tenants()) {
      if (to.catalog().tenant(tenant).isEmpty()) {
        to.catalog().createTenant(tenant);
      }
      databases(from.catalog(), tenant).stream()
          .filter(database -> to.catalog().database(tenant, database.name()).isEmpty())
          .forEach(to.catalog()::createDatabase);
    }
  }

  /** Copies tokens that the copy does not have; returns how many. */
  public int copyTokens() {
    Set<TokenId> known =
        to.tokens().list().stream().map(AccessToken::id).collect(Collectors.toSet());
    List<AccessToken> missing =
        from.tokens().list().stream().filter(token -> !known.contains(token.id())).toList();
    missing.forEach(to.tokens()::add);
    return missing.size();
  }
}
