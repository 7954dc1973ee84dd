package dev.siltstone.query.admin;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.query.admin.CreateCollectionBody.NewCollection;
import dev.siltstone.query.admin.Names.DatabasePath;
import dev.siltstone.query.admin.UpdateCollectionBody.Change;
import dev.siltstone.time.TimeOrderedIds;
import java.util.List;
import java.util.Optional;

/**
 * Collections. A collection is found under its own tenant and database only, also by id. Changes
 * are compare-and-swap on the settings version: of racing changes to different settings none is
 * lost.
 */
final class CollectionRoutes {
  private static final int CHANGE_ATTEMPTS = 16;
  private static final int CRN_PARTS = 3;

  private final Catalog catalog;
  private final DeltaLog log;
  private final TimeOrderedIds ids;
  private final AdminSettings settings;

  CollectionRoutes(Catalog catalog, DeltaLog log, TimeOrderedIds ids, AdminSettings settings) {
    this.catalog = catalog;
    this.log = log;
    this.ids = ids;
    this.settings = settings;
  }

  ApiResponse create(RouteMatch match, ApiRequest request) {
    NewCollection wanted = CreateCollectionBody.read(request.jsonBody());
    Collection created = collection(match, wanted);
    Collection stored = catalog.createCollection(created);
    boolean mine = stored.id().equals(created.id());
    if (!mine && !wanted.getOrCreate()) {
      throw new AlreadyExistsException("Collection [" + wanted.name() + "] already exists");
    }
    int dimension = mine ? 0 : dimension(stored);
    return Answers.ok(out -> CollectionJson.write(out, stored, dimension));
  }

  private Collection collection(RouteMatch match, NewCollection wanted) {
    DatabasePath path =
        Names.database(match)
            .orElseThrow(() ->
                new InvalidRequestException("Database [" + match.database() + "] does not exist"));
    return new Collection(
        new CollectionId(ids.next()),
        path.tenant(),
        path.database(),
        wanted.name(),
        wanted.settings().space(),
        wanted.settings().hnsw(),
        wanted.settings().embeddingFunction(),
        wanted.schemaJson(),
        wanted.metadata(),
        0);
  }

  ApiResponse list(RouteMatch match, ApiRequest request) {
    Paging paging = Paging.of(request);
    List<Collection> collections =
        Names.database(match)
            .map(path ->
                catalog.collections(
                    path.tenant(), path.database(), paging.limit(), paging.offset()))
            .orElse(List.of());
    return Answers.list(
        settings,
        collections,
        (out, collection) -> CollectionJson.write(out, collection, dimension(collection)));
  }

  ApiResponse count(RouteMatch match) {
    int count =
        Names.database(match)
            .map(path -> catalog.countCollections(path.tenant(), path.database()))
            .orElse(0);
    return Answers.ok(out -> out.writeNumber(count));
  }

  ApiResponse getByName(RouteMatch match) {
    return answer(named(match.tenant(), match.database(), match.collection()));
  }

  ApiResponse getById(RouteMatch match) {
    return answer(identified(match, match.collectionId()));
  }

  /** By {@code tenant:database:name}. */
  ApiResponse getByCrn(RouteMatch match) {
    String[] parts = match.parameter("crn").split(":", CRN_PARTS + 1);
    if (parts.length != CRN_PARTS || List.of(parts).contains("")) {
      throw new InvalidRequestException(
          "Validation error: crn: CRN must be in the format"
              + " <tenant_resource_name>:<database_name>:<collection_name> with non-empty parts");
    }
    return answer(named(parts[0], parts[1], parts[2]));
  }

  ApiResponse update(RouteMatch match, ApiRequest request) {
    Change change = UpdateCollectionBody.read(request.jsonBody());
    CollectionId id = match.collectionId();
    for (int attempt = 0; attempt < CHANGE_ATTEMPTS; attempt++) {
      Collection old = identified(match, id);
      if (change.isNothing() || catalog.updateCollection(change.applyTo(old))) {
        return Answers.done();
      }
    }
    throw new UnavailableException("Collection [" + id + "] is being changed by others", null);
  }

  ApiResponse delete(RouteMatch match) {
    Collection collection = named(match.tenant(), match.database(), match.collection());
    if (!catalog.dropCollection(collection.id())) {
      throw missing(match.collection());
    }
    return Answers.done();
  }

  private Collection named(String tenant, String database, String name) {
    return Names.database(tenant, database)
        .flatMap(path ->
            Names.collection(name)
                .flatMap(possible -> catalog.collection(path.tenant(), path.database(), possible)))
        .orElseThrow(() -> missing(name));
  }

  private Collection identified(RouteMatch match, CollectionId id) {
    Optional<DatabasePath> path = Names.database(match);
    return catalog
        .collection(id)
        .filter(found -> path.isPresent() && isIn(found, path.get()))
        .orElseThrow(() -> new NotFoundException("Collection [" + id + "] does not exist."));
  }

  private static boolean isIn(Collection collection, DatabasePath path) {
    TenantName tenant = path.tenant();
    DatabaseName database = path.database();
    return collection.tenant().equals(tenant) && collection.database().equals(database);
  }

  private static NotFoundException missing(String name) {
    return new NotFoundException("Collection [" + name + "] does not exist");
  }

  private ApiResponse answer(Collection collection) {
    int dimension = dimension(collection);
    return Answers.ok(out -> CollectionJson.write(out, collection, dimension));
  }

  private int dimension(Collection collection) {
    return log.read(collection.id()).map(both -> both.head().dimension()).orElse(0);
  }
}
