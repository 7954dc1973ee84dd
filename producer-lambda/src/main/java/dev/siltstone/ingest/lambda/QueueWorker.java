package dev.siltstone.ingest.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.api.ErrorResponse;
import dev.siltstone.ingest.QueuedOutcome;
import dev.siltstone.ingest.QueuedWrite;
import dev.siltstone.ingest.SharedIngestor;
import dev.siltstone.ingest.WriteEvent;
import dev.siltstone.invocation.BatchItemFailures;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages of the ingest queue, each a write. Those that were not applied are answered in
 * {@code batchItemFailures}: they come again, and in the end go to the dead-letter queue.
 */
final class QueueWorker {
  private static final Logger LOG = LoggerFactory.getLogger(QueueWorker.class);

  private final SharedIngestor ingestor;
  private final Metrics metrics;

  QueueWorker(SharedIngestor ingestor, Metrics metrics) {
    this.ingestor = ingestor;
    this.metrics = metrics;
  }

  byte[] take(List<QueueMessage> messages, Deadline deadline) {
    List<String> failed = new ArrayList<>();
    List<QueueMessage> read = new ArrayList<>();
    List<QueuedWrite> writes = new ArrayList<>();
    for (QueueMessage message : messages) {
      try {
        writes.add(WriteEvent.parseQueued(message.body().getBytes(UTF_8), message.id()));
        read.add(message);
      } catch (RuntimeException e) {
        failed.add(refused(message, e));
      }
    }
    List<QueuedOutcome> outcomes = ingestor.ingest(writes, deadline);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof QueuedOutcome.Failed(RuntimeException cause)) {
        failed.add(refused(read.get(i), cause));
      }
    }
    LOG.atInfo()
        .addKeyValue("messages", messages.size())
        .addKeyValue("refused", failed.size())
        .log("queued writes taken");
    return BatchItemFailures.of(failed);
  }

  /** What is said is what the HTTP API would answer, which quotes no document. */
  private String refused(QueueMessage message, RuntimeException cause) {
    metrics.record(Metric.REFUSED_WRITES, 1);
    var line = ErrorResponse.hides(cause) ? LOG.atError().setCause(cause) : LOG.atWarn();
    line.addKeyValue("message_id", message.id())
        .addKeyValue("answer", new String(ErrorResponse.of(cause).body(), UTF_8))
        .log("queued write was not applied");
    return message.id();
  }
}
