package dev.siltstone.query.admin;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.json.Json;
import dev.siltstone.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The server itself. */
final class SystemRoutes {
  /** The version of the API that clients ask for; every Chroma server answers this one. */
  private static final String API_VERSION = "1.0.0";

  private static final int UNAVAILABLE = 503;

  private final Catalog catalog;
  private final Clock clock;
  private final AdminSettings settings;

  SystemRoutes(Catalog catalog, Clock clock, AdminSettings settings) {
    this.catalog = catalog;
    this.clock = clock;
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
    return Answers.ok(out -> out.writeString(API_VERSION));
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

  ApiResponse identity() {
    return Answers.ok(out -> {
      out.writeStartObject();
      out.writeStringField("user_id", "");
      out.writeStringField("tenant", TenantName.DEFAULT.value());
      out.writeArrayFieldStart("databases");
      out.writeString(DatabaseName.DEFAULT.value());
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
