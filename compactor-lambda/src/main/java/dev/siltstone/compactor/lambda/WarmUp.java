package dev.siltstone.compactor.lambda;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.RunObserver;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Generation;
import dev.siltstone.json.Json;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Asks the query function, after a publish and without waiting, how many records the new snapshot
 * has: the instance that answers fetches the snapshot for it. It is one instance, whichever Lambda
 * picks; others fetch the snapshot with their next read, as without this. A failure costs nothing
 * else.
 */
final class WarmUp implements RunObserver {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private final Catalog catalog;
  private final LambdaClient lambda;
  private final String function;
  private final RunObserver next;

  /**
   * An observer before another.
   *
   * @param function name or ARN of the query function's alias
   */
  WarmUp(Catalog catalog, LambdaClient lambda, String function, RunObserver next) {
    this.catalog = catalog;
    this.lambda = lambda;
    this.function = function;
    this.next = next;
  }

  @Override
  public void ended(CollectionId collection, CompactionReport report, Duration took) {
    next.ended(collection, report, took);
    Generation published = report.generation();
    if (report.publishes() > 0 && published != null) {
      warm(collection, published);
    }
  }

  private void warm(CollectionId collection, Generation published) {
    try {
      catalog.collection(collection).ifPresent(owned -> invoke(owned, published));
    } catch (SiltstoneException | SdkException e) {
      LOG.atWarn()
          .addKeyValue("collection", collection)
          .addKeyValue("cause", e.toString())
          .log("the query function was not warmed up");
    }
  }

  private void invoke(Collection collection, Generation published) {
    byte[] payload =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("operation", "count");
          out.writeStringField("tenant", collection.tenant().value());
          out.writeStringField("database", collection.database().value());
          out.writeStringField("collection", collection.id().toString());
          out.writeStringField("as_of", published.toString());
          out.writeEndObject();
        });
    lambda.invoke(b ->
        b.functionName(function)
            .invocationType(InvocationType.EVENT)
            .payload(SdkBytes.fromByteArray(payload)));
  }
}
