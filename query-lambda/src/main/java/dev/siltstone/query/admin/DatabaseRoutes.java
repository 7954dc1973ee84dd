package dev.siltstone.query.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.time.TimeOrderedIds;
import java.io.IOException;
import java.util.List;

/** Databases. As in the single-node server, a tenant need not exist to get one. */
final class DatabaseRoutes {
  private final Catalog catalog;
  private final TimeOrderedIds ids;
  private final AdminSettings settings;

  DatabaseRoutes(Catalog catalog, TimeOrderedIds ids, AdminSettings settings) {
    this.catalog = catalog;
    this.ids = ids;
    this.settings = settings;
  }

  ApiResponse create(RouteMatch match, ApiRequest request) {
    String name = NamedBody.read(request, "struct CreateDatabasePayload", "name");
    DatabaseName database = new DatabaseName(name);
    catalog.createDatabase(new Database(ids.next(), new TenantName(match.tenant()), database));
    return Answers.done();
  }

  ApiResponse list(RouteMatch match, ApiRequest request) {
    Paging paging = Paging.of(request);
    List<Database> databases =
        Names.tenant(match)
            .map(tenant -> catalog.databases(tenant, paging.limit(), paging.offset()))
            .orElse(List.of());
    return Answers.list(settings, databases, DatabaseRoutes::write);
  }

  ApiResponse get(RouteMatch match) {
    Database database =
        Names.database(match)
            .flatMap(path -> catalog.database(path.tenant(), path.database()))
            .orElseThrow(() ->
                new NotFoundException(
                    "Database [" + match.database() + "] not found. Are you sure it exists?"));
    return Answers.ok(out -> write(out, database));
  }

  ApiResponse delete(RouteMatch match) {
    Names.DatabasePath path =
        Names.database(match)
            .orElseThrow(
                () -> new NotFoundException("Database [" + match.database() + "] not found"));
    catalog.dropDatabase(path.tenant(), path.database());
    return Answers.done();
  }

  private static void write(JsonGenerator out, Database database) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", database.id().toString());
    out.writeStringField("name", database.name().value());
    out.writeStringField("tenant", database.tenant().value());
    out.writeEndObject();
  }
}
