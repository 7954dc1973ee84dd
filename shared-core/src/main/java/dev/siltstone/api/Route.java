package dev.siltstone.api;

import static dev.siltstone.api.HttpMethod.DELETE;
import static dev.siltstone.api.HttpMethod.GET;
import static dev.siltstone.api.HttpMethod.PATCH;
import static dev.siltstone.api.HttpMethod.POST;
import static dev.siltstone.api.HttpMethod.PUT;

/**
 * Every route of the HTTP API, declared once: the stack makes its integrations from it, the local
 * server its dispatch, and the handlers their answers. Paths are Chroma's {@code /api/v2}; a name
 * in braces stands for one percent-encoded segment.
 */
public enum Route {
  ROOT_HEARTBEAT(GET, Paths.API, Area.SYSTEM),
  HEARTBEAT(GET, Paths.API + "/heartbeat", Area.SYSTEM),
  VERSION(GET, Paths.API + "/version", Area.SYSTEM),
  HEALTHCHECK(GET, Paths.API + "/healthcheck", Area.SYSTEM),
  PRE_FLIGHT_CHECKS(GET, Paths.API + "/pre-flight-checks", Area.SYSTEM),
  IDENTITY(GET, Paths.API + "/auth/identity", Area.SYSTEM),
  RESET(POST, Paths.API + "/reset", Area.SYSTEM),

  CREATE_TENANT(POST, Paths.API + "/tenants", Area.CATALOG),
  GET_TENANT(GET, Paths.TENANT, Area.CATALOG),
  UPDATE_TENANT(PATCH, Paths.TENANT, Area.CATALOG),
  LIST_DATABASES(GET, Paths.TENANT + "/databases", Area.CATALOG),
  CREATE_DATABASE(POST, Paths.TENANT + "/databases", Area.CATALOG),
  GET_DATABASE(GET, Paths.DATABASE, Area.CATALOG),
  DELETE_DATABASE(DELETE, Paths.DATABASE, Area.CATALOG),
  LIST_COLLECTIONS(GET, Paths.DATABASE + "/collections", Area.CATALOG),
  CREATE_COLLECTION(POST, Paths.DATABASE + "/collections", Area.CATALOG),
  COUNT_COLLECTIONS(GET, Paths.DATABASE + "/collections_count", Area.CATALOG),
  GET_COLLECTION_BY_ID(GET, Paths.DATABASE + "/collections/by-id/{collection}", Area.CATALOG),
  GET_COLLECTION(GET, Paths.COLLECTION, Area.CATALOG),
  UPDATE_COLLECTION(PUT, Paths.COLLECTION, Area.CATALOG),
  DELETE_COLLECTION(DELETE, Paths.COLLECTION, Area.CATALOG),
  GET_COLLECTION_BY_CRN(GET, Paths.API + "/collections/{crn}", Area.CATALOG),

  ADD(POST, Paths.COLLECTION + "/add", Area.RECORDS, Owner.PRODUCER),
  UPSERT(POST, Paths.COLLECTION + "/upsert", Area.RECORDS, Owner.PRODUCER),
  UPDATE(POST, Paths.COLLECTION + "/update", Area.RECORDS, Owner.PRODUCER),
  DELETE_RECORDS(POST, Paths.COLLECTION + "/delete", Area.RECORDS),
  GET_RECORDS(POST, Paths.COLLECTION + "/get", Area.RECORDS),
  QUERY(POST, Paths.COLLECTION + "/query", Area.RECORDS),
  SEARCH(POST, Paths.COLLECTION + "/search", Area.RECORDS),
  COUNT(GET, Paths.COLLECTION + "/count", Area.RECORDS),
  INDEXING_STATUS(GET, Paths.COLLECTION + "/indexing_status", Area.RECORDS),

  FORK(POST, Paths.COLLECTION + "/fork", Area.UNSUPPORTED),
  FORK_COUNT(GET, Paths.COLLECTION + "/fork_count", Area.UNSUPPORTED),
  ATTACH_FUNCTION(POST, Paths.COLLECTION + "/functions/attach", Area.UNSUPPORTED),
  GET_FUNCTION(GET, Paths.COLLECTION + "/functions/{function}", Area.UNSUPPORTED),
  DETACH_FUNCTION(
      POST, Paths.COLLECTION + "/attached_functions/{function}/detach", Area.UNSUPPORTED);

  /** The function behind a route. */
  public enum Owner {
    PRODUCER,
    QUERY
  }

  /** What a route is about. */
  public enum Area {
    /** The server itself. */
    SYSTEM,
    /** Tenants, databases, collections. */
    CATALOG,
    /** The records of one collection. */
    RECORDS,
    /** Known to clients, answered with 501 (or 404, where nothing can exist). */
    UNSUPPORTED
  }

  private final HttpMethod method;
  private final String path;
  private final Area area;
  private final Owner owner;

  Route(HttpMethod method, String path, Area area) {
    this(method, path, area, Owner.QUERY);
  }

  Route(HttpMethod method, String path, Area area, Owner owner) {
    this.method = method;
    this.path = path;
    this.area = area;
    this.owner = owner;
  }

  public HttpMethod method() {
    return method;
  }

  /** The path template, such as {@code /api/v2/tenants/{tenant}}, in API Gateway's own form. */
  public String path() {
    return path;
  }

  public Area area() {
    return area;
  }

  public Owner owner() {
    return owner;
  }

  private static final class Paths {
    static final String API = "/api/v2";
    static final String TENANT = API + "/tenants/{tenant}";
    static final String DATABASE = TENANT + "/databases/{database}";
    static final String COLLECTION = DATABASE + "/collections/{collection}";

    private Paths() {}
  }
}
