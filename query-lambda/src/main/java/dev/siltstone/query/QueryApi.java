package dev.siltstone.query;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.Measured;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.query.admin.AdminApi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All routes of the query function: records here, everything else in {@link AdminApi}. */
public final class QueryApi {
  private static final Logger LOG = LoggerFactory.getLogger(QueryApi.class);

  private final RecordsApi records;
  private final AdminApi admin;
  private final Measured measured;

  public QueryApi(RecordsApi records, AdminApi admin, Measured measured) {
    this.records = records;
    this.admin = admin;
    this.measured = measured;
  }

  /** Answers a request to one of its routes; never throws on account of it. */
  public ApiResponse handle(RouteMatch match, ApiRequest request) {
    return measured.answer(request, () -> answer(match, request));
  }

  private ApiResponse answer(RouteMatch match, ApiRequest request) {
    try {
      return switch (match.route().area()) {
        case RECORDS -> records.handle(match, request);
        case SYSTEM, CATALOG, UNSUPPORTED -> admin.handle(match, request);
      };
    } catch (RuntimeException e) {
      if (ErrorResponse.hides(e)) {
        LOG.error("{} failed", match.route(), e);
      }
      return ErrorResponse.of(e);
    }
  }
}
