package dev.siltstone.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.Measured;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.json.MissingEmbeddings;
import dev.siltstone.api.json.WriteKind;
import dev.siltstone.api.json.WriteRequest;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.cost.RequestCost;
import dev.siltstone.cost.Stage;
import dev.siltstone.log.Receipt;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chroma's writing routes: {@code add}, {@code upsert}, {@code update}. An answer of success
 * carries the write's place in the header {@value #TOKEN_HEADER}; a read that sends it back sees
 * the write.
 */
public final class ProducerApi {
  /** The freshness token of a write. */
  public static final String TOKEN_HEADER = "x-siltstone-token";

  private static final Logger log = LoggerFactory.getLogger(ProducerApi.class);

  private final Ingestor ingestor;
  private final IngestLimits limits;
  private final Measured measured;

  public ProducerApi(Ingestor ingestor, IngestLimits limits, Measured measured) {
    this.ingestor = ingestor;
    this.limits = limits;
    this.measured = measured;
  }

  /** Answers a request to one of the producer's routes; never throws on account of it. */
  public ApiResponse handle(RouteMatch match, ApiRequest request) {
    return measured.answer(request, () -> answer(match, request));
  }

  private ApiResponse answer(RouteMatch match, ApiRequest request) {
    try {
      return write(match, request);
    } catch (RuntimeException e) {
      if (ErrorResponse.hides(e)) {
        log.error("{} failed", match.route(), e);
      }
      return ErrorResponse.of(e);
    }
  }

  private ApiResponse write(RouteMatch match, ApiRequest request) {
    WriteKind kind = WriteKind.of(match.route());
    limits.checkBody(request.body());
    CollectionRef collection =
        new CollectionRef.ById(
            new TenantName(match.tenant()),
            new DatabaseName(match.database()),
            match.collectionId());
    WriteRequest body =
        RequestCost.during(
            Stage.PARSE,
            () ->
                WriteRequest.parse(
                    request.jsonBody(), kind, MissingEmbeddings.MADE_FROM_DOCUMENTS));
    Optional<Receipt> receipt = ingestor.ingest(new WriteBatch.Records(collection, body));
    ApiResponse done = ApiResponse.json(kind.status(), "{}".getBytes(UTF_8));
    return receipt
        .map(written -> done.withHeader(TOKEN_HEADER, written.sequence().toString()))
        .orElse(done);
  }
}
