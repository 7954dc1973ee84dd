package dev.siltstone.query.admin;

import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.collection.Catalog;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;

/** Answers every route that is not about the records of a collection. */
public final class AdminApi {
  private final SystemRoutes system;
  private final TenantRoutes tenants;
  private final DatabaseRoutes databases;
  private final CollectionRoutes collections;

  public AdminApi(
      Catalog catalog,
      DeltaLog log,
      Clock clock,
      TimeOrderedIds ids,
      AccessGuard guard,
      AdminSettings settings) {
    system = new SystemRoutes(catalog, clock, guard, settings);
    tenants = new TenantRoutes(catalog);
    databases = new DatabaseRoutes(catalog, ids, settings);
    collections = new CollectionRoutes(catalog, log, ids, settings);
  }

  /**
   * The answer to a request.
   *
   * @throws dev.siltstone.failure.SiltstoneException for whoever turns failures into answers
   * @throws dev.siltstone.api.ApiException likewise
   */
  public ApiResponse handle(RouteMatch match, ApiRequest request) {
    return switch (match.route()) {
      case OPEN_API -> DescriptionRoutes.openApi();
      case DOCS -> DescriptionRoutes.docs();
      case ROOT_HEARTBEAT, HEARTBEAT -> system.heartbeat();
      case VERSION -> system.version();
      case HEALTHCHECK -> system.healthcheck();
      case PRE_FLIGHT_CHECKS -> system.preFlightChecks();
      case IDENTITY -> system.identity(request);
      case RESET -> system.reset();
      case CREATE_TENANT -> tenants.create(request);
      case GET_TENANT -> tenants.get(match);
      case UPDATE_TENANT -> tenants.update(match, request);
      case LIST_DATABASES -> databases.list(match, request);
      case CREATE_DATABASE -> databases.create(match, request);
      case GET_DATABASE -> databases.get(match);
      case DELETE_DATABASE -> databases.delete(match);
      case LIST_COLLECTIONS -> collections.list(match, request);
      case CREATE_COLLECTION -> collections.create(match, request);
      case COUNT_COLLECTIONS -> collections.count(match);
      case GET_COLLECTION -> collections.getByName(match);
      case GET_COLLECTION_BY_ID -> collections.getById(match);
      case GET_COLLECTION_BY_CRN -> collections.getByCrn(match);
      case UPDATE_COLLECTION -> collections.update(match, request);
      case DELETE_COLLECTION -> collections.delete(match);
      case FORK, FORK_COUNT, ATTACH_FUNCTION, GET_FUNCTION, DETACH_FUNCTION ->
          throw UnsupportedRoutes.refusal(match.route());
      case ADD,
          UPSERT,
          UPDATE,
          DELETE_RECORDS,
          GET_RECORDS,
          QUERY,
          SEARCH,
          COUNT,
          INDEXING_STATUS ->
          throw new IllegalArgumentException(match.route() + " is about records");
    };
  }
}
