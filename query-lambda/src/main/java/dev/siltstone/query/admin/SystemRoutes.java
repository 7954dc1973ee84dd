package dev.siltstone.query.admin;

import static java.util.Comparator.naturalOrder;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Scope;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.description.OpenApi;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.json.Json;
import dev.siltstone.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server itself. */
final class SystemRoutes {
  private static final int UNAVAILABLE = 503;

  private final Catalog catalog;
  private final Clock clock;
  private final AccessGuard guard;
  private final AdminSettings settings;

  SystemRoutes(Catalog catalog, Clock clock, AccessGuard guard, AdminSettings settings) {
    this.catalog = catalog;
    this.clock = clock;
    this.guard = guard;
    this.settings = settings;
  }

  ApiResponse heartbeat() {
    Instant now = clock.now();
    long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    return Answers.ok(out -> {
      out.writeStartObject();
      out.writeNumberField("nanosecond heartbeat", nanos);
      out.writeEndObject();
    });
  }

  ApiResponse version() {
    return Answers.ok(out -> out.writeString(OpenApi.API_VERSION));
  }

  /** Ready if the catalog answers. */
  ApiResponse healthcheck() {
    try {
      var _ = catalog.tenant(TenantName.DEFAULT);
      return Answers.ok(readiness(true));
    } catch (UnavailableException _) {
      return ApiResponse.json(UNAVAILABLE, Json.bytes(readiness(false)));
    }
  }

  private static Json.Writing readiness(boolean ready) {
    return out -> {
      out.writeStartObject();
      out.writeBooleanField("is_executor_ready", ready);
      out.writeBooleanField("is_log_client_ready", ready);
      out.writeEndObject();
    };
  }

  ApiResponse preFlightChecks() {
    return Answers.ok(out -> {
      out.writeStartObject();
      out.writeNumberField("max_batch_size", settings.maxBatchSize());
      out.writeBooleanField("supports_base64_encoding", true);
      out.writeEndObject();
    });
  }

  /**
   * Whose token it is, and where its holder works who names no tenant or database: clients take
   * these for theirs. A token that reaches several tenants has the default one among them, or the
   * first.
   */
  ApiResponse identity(ApiRequest request) {
    Optional<AccessToken> caller = guard.caller(request);
    Scope scope = caller.map(AccessToken::scope).orElse(Scope.ALL);
    String tenant =
        scope.enters(TenantName.DEFAULT.value())
            ? TenantName.DEFAULT.value()
            : scope.tenants().stream().map(TenantName::value).min(naturalOrder()).orElseThrow();
    List<String> databases =
        scope.databases().isEmpty()
            ? List.of(DatabaseName.DEFAULT.value())
            : scope.databases().stream().map(DatabaseName::value).sorted().toList();
    return Answers.ok(out -> {
      out.writeStartObject();
      out.writeStringField("user_id", caller.map(AccessToken::name).orElse(""));
      out.writeStringField("tenant", tenant);
      out.writeArrayFieldStart("databases");
      for (String database : databases) {
        out.writeString(database);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  ApiResponse reset() {
    if (settings.reset() == AdminSettings.Reset.REFUSED) {
      throw ApiException.forbidden("Reset is disabled by config");
    }
    catalog.reset();
    return Answers.ok(out -> out.writeBoolean(true));
  }
}
