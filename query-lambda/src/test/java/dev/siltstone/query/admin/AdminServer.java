package dev.siltstone.query.admin;

import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.Router;
import dev.siltstone.api.Routing.Matched;
import dev.siltstone.api.Routing.Refused;
import dev.siltstone.api.json.JsonTree;
import dev.siltstone.collection.sqlite.SqliteCatalog;
import dev.siltstone.log.sqlite.SqliteDeltaLog;
import dev.siltstone.query.admin.AdminSettings.Reset;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The administration half behind its router, over an embedded store. */
final class AdminServer implements AutoCloseable {
  static final String DATABASE = "/api/v2/tenants/default_tenant/databases/default_database";
  static final String COLLECTIONS = DATABASE + "/collections";

  private final Router router = new Router();
  private final EmbeddedDatabase database;
  private final AdminApi api;
  final SqliteCatalog catalog;
  final SqliteDeltaLog log;

  AdminServer(Path folder, Reset reset) {
    database = EmbeddedDatabase.open(folder);
    catalog = new SqliteCatalog(database);
    log = new SqliteDeltaLog(database);
    TimeOrderedIds ids = new TimeOrderedIds(Clock.system(), RandomGenerator.of("L64X128MixRandom"));
    api =
        new AdminApi(
            catalog,
            log,
            Clock.system(),
            ids,
            AccessGuard.open(),
            new AdminSettings(5_461, 6 << 20, reset));
  }

  /** An answer's status and its body as text. */
  record Answer(int status, String text) {
    @Nullable Object json() {
      return JsonTree.parse(text);
    }

    @SuppressWarnings("unchecked") // a JSON object has names
    Map<String, Object> object() {
      return (Map<String, Object>) Objects.requireNonNull(json());
    }
  }

  Answer send(String method, String pathAndQuery) {
    return send(method, pathAndQuery, "");
  }

  Answer send(String method, String pathAndQuery, String body) {
    return send(method, pathAndQuery, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String method, String pathAndQuery, byte[] body) {
    String[] parts = pathAndQuery.split("\\?", 2);
    Map<String, List<String>> query = new java.util.HashMap<>();
    for (String pair : parts.length < 2 ? new String[0] : parts[1].split("&")) {
      query.put(pair.split("=", 2)[0], List.of(pair.split("=", 2)[1]));
    }
    ApiResponse response = answer(new ApiRequest(method, parts[0], query, Map.of(), body));
    return new Answer(response.status(), new String(response.body(), StandardCharsets.UTF_8));
  }

  private ApiResponse answer(ApiRequest request) {
    return switch (router.route(request.method(), request.path())) {
      case Refused(ApiResponse response) -> response;
      case Matched(var match) -> {
        try {
          yield api.handle(match, request);
        } catch (RuntimeException e) {
          yield ErrorResponse.of(e);
        }
      }
    };
  }

  @Override
  public void close() {
    database.close();
  }
}
