package dev.siltstone.compaction.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.gc.CollectionMode;
import dev.siltstone.gc.DroppedCollections;
import dev.siltstone.gc.GarbageCollector;
import dev.siltstone.gc.GarbageSweep;
import dev.siltstone.gc.GcReport;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.json.Json;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.aws.NoticeMessage;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles four kinds of events.
 *
 * <ul>
 *   <li>A batch of SQS messages: each names a collection to look at. Messages whose run failed are
 *       answered in {@code batchItemFailures} and come again; losing the lock is no failure.
 *   <li>{@code {"collection":"<id>"}}: a manual run; answers its report.
 *   <li>{@code {"gc":"<id>"}} or {@code {"gc":true}}: collects the garbage of one collection, or of
 *       all and of dropped ones, which a schedule asks for too; answers a report for each.
 *   <li>Anything else, such as the schedule's event: a sweep over all collections with unfolded
 *       places; answers a report for each.
 * </ul>
 */
public final class CompactorHandler implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(CompactorHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper(Json.FACTORY);
  private static final Duration RESERVE = Duration.ofSeconds(5);
  private static final int PAGE = 100;

  private final Compactor compactor;
  private final GarbageCollector collector;
  private final GarbageSweep garbage;
  private final DeltaLog log;
  private final Clock clock;

  /** The entry point of the managed runtime. */
  public CompactorHandler() {
    this(CompactorComposition.of(System.getenv()));
  }

  CompactorHandler(CompactorComposition composition) {
    this.compactor = composition.compactor();
    this.collector = composition.collector();
    this.garbage = composition.garbage();
    this.log = composition.log();
    this.clock = composition.clock();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Deadline deadline =
        Deadline.in(clock, Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE));
    JsonNode event = JSON.readTree(input);
    output.write(answer(event, deadline));
  }

  private byte[] answer(JsonNode event, Deadline deadline) {
    if (event.path("Records").isArray()) {
      return notices(event.get("Records"), deadline);
    }
    if (event.path("collection").isTextual()) {
      CollectionId collection = CollectionId.parse(event.get("collection").asText());
      return reports(Map.of(collection, compactor.run(collection, deadline)));
    }
    if (event.has("gc")) {
      return garbage(event.get("gc"), deadline);
    }
    return reports(sweep(deadline));
  }

  private byte[] garbage(JsonNode which, Deadline deadline) {
    Map<CollectionId, GcReport> reports = new LinkedHashMap<>();
    if (which.isTextual()) {
      CollectionId collection = CollectionId.parse(which.asText());
      reports.put(collection, collector.collect(collection, CollectionMode.COLLECT, deadline));
      return GarbageJson.write(reports, null);
    }
    DroppedCollections.Swept swept = garbage.run(CollectionMode.COLLECT, deadline, reports::put);
    return GarbageJson.write(reports, swept);
  }

  /** A run for each collection that is named, however often; answers the messages to send again. */
  private byte[] notices(JsonNode records, Deadline deadline) {
    Map<CollectionId, List<String>> messages = new LinkedHashMap<>();
    for (JsonNode record : records) {
      Optional<Notice> notice = NoticeMessage.parse(record.path("body").asText());
      if (notice.isEmpty()) {
        LOG.error("message {} is no notice and is dropped", record.path("messageId").asText());
        continue;
      }
      messages
          .computeIfAbsent(notice.get().collection(), _ -> new ArrayList<>())
          .add(record.path("messageId").asText());
    }
    List<String> failed = new ArrayList<>();
    messages.forEach((collection, ids) -> {
      if (tryRun(collection, deadline) == null) {
        failed.addAll(ids);
      }
    });
    return batchItemFailures(failed);
  }

  private Map<CollectionId, CompactionReport> sweep(Deadline deadline) {
    Map<CollectionId, CompactionReport> reports = new LinkedHashMap<>();
    List<CollectionId> page = log.backlogAfter(null, PAGE);
    while (!page.isEmpty() && !deadline.hasPassed()) {
      for (CollectionId collection : page) {
        CompactionReport report = tryRun(collection, deadline);
        if (report != null) {
          reports.put(collection, report);
        }
      }
      page = log.backlogAfter(page.getLast(), PAGE);
    }
    return reports;
  }

  /** The run's report, or null if it failed: one collection's trouble must not stop the others. */
  private @Nullable CompactionReport tryRun(CollectionId collection, Deadline deadline) {
    try {
      CompactionReport report = compactor.run(collection, deadline);
      LOG.info("collection {}: {}", collection, report);
      return report;
    } catch (SiltstoneException e) {
      LOG.error("collection {}: compaction failed ({})", collection, e.advice(), e);
      return null;
    }
  }

  private static byte[] batchItemFailures(List<String> failed) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("batchItemFailures");
      for (String id : failed) {
        out.writeStartObject();
        out.writeStringField("itemIdentifier", id);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private static byte[] reports(Map<CollectionId, CompactionReport> reports) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("runs");
      for (Map.Entry<CollectionId, CompactionReport> run : reports.entrySet()) {
        CompactionReport report = run.getValue();
        out.writeStartObject();
        out.writeStringField("collection", run.getKey().toString());
        out.writeStringField("outcome", report.outcome().name());
        out.writeNumberField("folded_sequence", report.folded().value());
        out.writeNumberField("deltas", report.deltas());
        out.writeNumberField("operations", report.operations());
        out.writeNumberField("quarantined", report.quarantined());
        out.writeNumberField("publishes", report.publishes());
        out.writeNumberField("merged_segments", report.merges());
        out.writeNumberField("bytes_written", report.bytesWritten());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }
}
