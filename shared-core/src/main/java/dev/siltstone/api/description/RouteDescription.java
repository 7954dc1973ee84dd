package dev.siltstone.api.description;

import dev.siltstone.api.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a route beside its declaration. Names refer to the resource {@code
 * components.json}.
 *
 * @param summary in one line
 * @param request the schema of the body, or null if none is read
 * @param status of success
 * @param answer the schema of the body of success
 * @param parameters in the query string and the headers
 * @param headers of the answer
 * @param refusals beside those that any route of its kind may answer
 */
record RouteDescription(
    String summary,
    @Nullable String request,
    int status,
    String answer,
    List<String> parameters,
    List<String> headers,
    List<Refusal> refusals) {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NOT_IMPLEMENTED = 501;

  static RouteDescription of(Route route) {
    return switch (route) {
      case OPEN_API -> answering("This description", "Description");
      case DOCS -> answering("This description as a page", "Page");
      case ROOT_HEARTBEAT, HEARTBEAT -> answering("The server's clock", "Heartbeat");
      case VERSION -> answering("The version of the API", "Version");
      case HEALTHCHECK ->
          answering("Whether the stores answer", "Health").refusing(Refusal.UNAVAILABLE);
      case PRE_FLIGHT_CHECKS ->
          answering("What clients ask before their first write", "PreFlightChecks");
      case IDENTITY -> answering("Whose token it is, and where it works", "Identity");
      case RESET ->
          answering("Drops everything; off unless the server allows it", "True")
              .refusing(Refusal.FORBIDDEN);
      case CREATE_TENANT -> changing("Makes a tenant", "NewTenant").refusing(Refusal.CONFLICT);
      case GET_TENANT -> answering("A tenant", "Tenant");
      case UPDATE_TENANT -> changing("Names a tenant's resource", "TenantChange");
      case LIST_DATABASES ->
          answering("A tenant's databases", "Databases").taking("limit", "offset");
      case CREATE_DATABASE ->
          changing("Makes a database", "NewDatabase").refusing(Refusal.CONFLICT);
      case GET_DATABASE -> answering("A database", "Database");
      case DELETE_DATABASE -> answering("Drops a database with its collections", "Nothing");
      case LIST_COLLECTIONS ->
          answering("A database's collections, the oldest first", "Collections")
              .taking("limit", "offset")
              .refusing(Refusal.TOO_LARGE);
      case CREATE_COLLECTION ->
          changing("Makes a collection", "NewCollection")
              .giving(OK, "Collection")
              .refusing(Refusal.CONFLICT);
      case COUNT_COLLECTIONS -> answering("How many collections a database has", "Count");
      case GET_COLLECTION -> answering("A collection by its name", "Collection");
      case GET_COLLECTION_BY_ID -> answering("A collection by its id", "Collection");
      case GET_COLLECTION_BY_CRN -> answering("A collection by tenant:database:name", "Collection");
      case UPDATE_COLLECTION ->
          changing("Renames a collection, or changes its metadata or settings", "CollectionChange")
              .refusing(Refusal.CONFLICT);
      case DELETE_COLLECTION -> answering("Drops a collection, by its name", "Nothing");
      case ADD ->
          write("Inserts records; an id that exists is left alone", "NewRecords")
              .giving(CREATED, "Nothing")
              .refusing(Refusal.UNSUPPORTED);
      case UPSERT ->
          write("Inserts records, or merges into those that exist", "NewRecords")
              .refusing(Refusal.UNSUPPORTED);
      case UPDATE ->
          write("Changes records that exist", "RecordChanges").refusing(Refusal.UNSUPPORTED);
      case DELETE_RECORDS ->
          write("Deletes records, by ids or by a condition", "Deletion").giving(OK, "Deleted");
      case GET_RECORDS -> read("Records, by ids or by a condition", "Records").sent("GetRecords");
      case QUERY ->
          read("The nearest records to each query", "Neighbours").sent("Query").taking("ef_search");
      case SEARCH ->
          read("The best records by an expression over several rankings", "Found")
              .sent("Search")
              .taking("ef_search")
              .refusing(Refusal.UNSUPPORTED);
      case COUNT -> read("How many records there are", "Count").taking("read_level");
      case INDEXING_STATUS -> read("How much is folded and linked", "IndexingStatus");
      case FORK -> unsupported("Copies a collection");
      case FORK_COUNT -> unsupported("How often a collection was copied");
      case ATTACH_FUNCTION -> unsupported("Attaches a function to a collection");
      case GET_FUNCTION -> unsupported("An attached function; there is none");
      case DETACH_FUNCTION -> unsupported("Detaches a function");
    };
  }

  /** The schema of the body of an answer of this status. */
  String answer(int status) {
    boolean tellsHealth = answer.equals("Health") && status == Refusal.UNAVAILABLE.status();
    return status == this.status || tellsHealth ? answer : "Error";
  }

  private static RouteDescription answering(String summary, String answer) {
    return new RouteDescription(summary, null, OK, answer, List.of(), List.of(), List.of());
  }

  private static RouteDescription changing(String summary, String request) {
    return answering(summary, "Nothing").sent(request);
  }

  private static RouteDescription write(String summary, String request) {
    return changing(summary, request)
        .returning("x-siltstone-token")
        .refusing(Refusal.TOO_MANY, Refusal.UNAVAILABLE);
  }

  private static RouteDescription read(String summary, String answer) {
    return answering(summary, answer)
        .taking("consistency", "max_age", "at_least", "as_of")
        .returning("x-siltstone-snapshot", "x-siltstone-token")
        .refusing(Refusal.TOO_LARGE, Refusal.UNAVAILABLE);
  }

  /** Never a success: the answer is always an error. */
  private static RouteDescription unsupported(String summary) {
    return new RouteDescription(
        summary, null, NOT_IMPLEMENTED, "Error", List.of(), List.of(), List.of());
  }

  private RouteDescription sent(String schema) {
    return new RouteDescription(summary, schema, status, answer, parameters, headers, refusals);
  }

  private RouteDescription giving(int success, String schema) {
    return new RouteDescription(summary, request, success, schema, parameters, headers, refusals);
  }

  private RouteDescription taking(String... names) {
    return new RouteDescription(
        summary, request, status, answer, joined(parameters, List.of(names)), headers, refusals);
  }

  private RouteDescription returning(String... names) {
    return new RouteDescription(
        summary, request, status, answer, parameters, joined(headers, List.of(names)), refusals);
  }

  private RouteDescription refusing(Refusal... more) {
    return new RouteDescription(
        summary, request, status, answer, parameters, headers, joined(refusals, List.of(more)));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
