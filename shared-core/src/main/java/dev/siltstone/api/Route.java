package dev.siltstone.api;

import static dev.siltstone.api.HttpMethod.DELETE;
import static dev.siltstone.api.HttpMethod.GET;
import static dev.siltstone.api.HttpMethod.PATCH;
import static dev.siltstone.api.HttpMethod.POST;
import static dev.siltstone.api.HttpMethod.PUT;

/**
 * Every route of the HTTP API, declared once: the stack makes its integrations from it, the local
 * server its dispatch, and the handlers their answers. Paths are Chroma's {@code /api/v2}; a name
 * in braces stands for one percent-encoded segment. Beside each stands what its caller must be
 * allowed.
 */
public enum Route {
  OPEN_API(GET, "/openapi.json", Area.SYSTEM, Permission.PUBLIC),
  DOCS(GET, "/docs", Area.SYSTEM, Permission.PUBLIC),
  ROOT_HEARTBEAT(GET, Paths.API, Area.SYSTEM, Permission.PUBLIC),
  HEARTBEAT(GET, Paths.API + "/heartbeat", Area.SYSTEM, Permission.PUBLIC),
  VERSION(GET, Paths.API + "/version", Area.SYSTEM, Permission.PUBLIC),
  HEALTHCHECK(GET, Paths.API + "/healthcheck", Area.SYSTEM, Permission.PUBLIC),
  PRE_FLIGHT_CHECKS(GET, Paths.API + "/pre-flight-checks", Area.SYSTEM, Permission.PUBLIC),
  IDENTITY(GET, Paths.API + "/auth/identity", Area.SYSTEM, Permission.ANY_TOKEN),
  RESET(POST, Paths.API + "/reset", Area.SYSTEM, Permission.ADMIN),

  CREATE_TENANT(POST, Paths.API + "/tenants", Area.CATALOG, Permission.ADMIN),
  GET_TENANT(GET, Paths.TENANT, Area.CATALOG, Permission.ENTER),
  UPDATE_TENANT(PATCH, Paths.TENANT, Area.CATALOG, Permission.ADMIN),
  LIST_DATABASES(GET, Paths.TENANT + "/databases", Area.CATALOG, Permission.READ),
  CREATE_DATABASE(POST, Paths.TENANT + "/databases", Area.CATALOG, Permission.ADMIN),
  GET_DATABASE(GET, Paths.DATABASE, Area.CATALOG, Permission.READ),
  DELETE_DATABASE(DELETE, Paths.DATABASE, Area.CATALOG, Permission.ADMIN),
  LIST_COLLECTIONS(GET, Paths.DATABASE + "/collections", Area.CATALOG, Permission.READ),
  CREATE_COLLECTION(POST, Paths.DATABASE + "/collections", Area.CATALOG, Permission.WRITE),
  COUNT_COLLECTIONS(GET, Paths.DATABASE + "/collections_count", Area.CATALOG, Permission.READ),
  GET_COLLECTION_BY_ID(
      GET, Paths.DATABASE + "/collections/by-id/{collection}", Area.CATALOG, Permission.READ),
  GET_COLLECTION(GET, Paths.COLLECTION, Area.CATALOG, Permission.READ),
  UPDATE_COLLECTION(PUT, Paths.COLLECTION, Area.CATALOG, Permission.WRITE),
  DELETE_COLLECTION(DELETE, Paths.COLLECTION, Area.CATALOG, Permission.WRITE),
  GET_COLLECTION_BY_CRN(GET, Paths.API + "/collections/{crn}", Area.CATALOG, Permission.READ),

  ADD(POST, Paths.COLLECTION + "/add", Area.RECORDS, Permission.WRITE, Owner.PRODUCER),
  UPSERT(POST, Paths.COLLECTION + "/upsert", Area.RECORDS, Permission.WRITE, Owner.PRODUCER),
  UPDATE(POST, Paths.COLLECTION + "/update", Area.RECORDS, Permission.WRITE, Owner.PRODUCER),
  DELETE_RECORDS(POST, Paths.COLLECTION + "/delete", Area.RECORDS, Permission.WRITE),
  GET_RECORDS(POST, Paths.COLLECTION + "/get", Area.RECORDS, Permission.READ),
  QUERY(POST, Paths.COLLECTION + "/query", Area.RECORDS, Permission.READ),
  SEARCH(POST, Paths.COLLECTION + "/search", Area.RECORDS, Permission.READ),
  COUNT(GET, Paths.COLLECTION + "/count", Area.RECORDS, Permission.READ),
  INDEXING_STATUS(GET, Paths.COLLECTION + "/indexing_status", Area.RECORDS, Permission.READ),

  FORK(POST, Paths.COLLECTION + "/fork", Area.UNSUPPORTED, Permission.WRITE),
  FORK_COUNT(GET, Paths.COLLECTION + "/fork_count", Area.UNSUPPORTED, Permission.READ),
  ATTACH_FUNCTION(POST, Paths.COLLECTION + "/functions/attach", Area.UNSUPPORTED, Permission.WRITE),
  GET_FUNCTION(GET, Paths.COLLECTION + "/functions/{function}", Area.UNSUPPORTED, Permission.READ),
  DETACH_FUNCTION(
      POST,
      Paths.COLLECTION + "/attached_functions/{function}/detach",
      Area.UNSUPPORTED,
      Permission.WRITE);

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
  private final Permission permission;
  private final Owner owner;

  Route(HttpMethod method, String path, Area area, Permission permission) {
    this(method, path, area, permission, Owner.QUERY);
  }

  Route(HttpMethod method, String path, Area area, Permission permission, Owner owner) {
    this.method = method;
    this.path = path;
    this.area = area;
    this.permission = permission;
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

  /** What a token must allow, where tokens are asked for. */
  public Permission permission() {
    return permission;
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
