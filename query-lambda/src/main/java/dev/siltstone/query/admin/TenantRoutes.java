package dev.siltstone.query.admin;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.NotFoundException;

/** Tenants. */
final class TenantRoutes {
  private final Catalog catalog;

  TenantRoutes(Catalog catalog) {
    this.catalog = catalog;
  }

  ApiResponse create(ApiRequest request) {
    String name = NamedBody.read(request, "struct CreateTenantPayload", "name");
    catalog.createTenant(new TenantName(name));
    return Answers.done();
  }

  ApiResponse get(RouteMatch match) {
    TenantName tenant = find(match);
    return Answers.ok(out -> {
      out.writeStartObject();
      out.writeStringField("name", tenant.value());
      out.writeNullField("resource_name");
      out.writeEndObject();
    });
  }

  /** A resource name is the hosted service's business: it is checked and not kept. */
  ApiResponse update(RouteMatch match, ApiRequest request) {
    NamedBody.read(request, "struct UpdateTenantPayload", "resource_name");
    find(match);
    return Answers.done();
  }

  private TenantName find(RouteMatch match) {
    return Names.tenant(match)
        .flatMap(catalog::tenant)
        .orElseThrow(() -> new NotFoundException("Tenant [" + match.tenant() + "] not found"));
  }
}
