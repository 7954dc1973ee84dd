package dev.siltstone.compactor.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.cost.RequestCost;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.invocation.BatchItemFailures;
import dev.siltstone.invocation.Invocation;
import dev.siltstone.json.Json;
import dev.siltstone.metrics.InvocationMetrics;
import dev.siltstone.metrics.Metric;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.aws.NoticeMessage;
import dev.siltstone.operations.command.Answered;
import dev.siltstone.operations.command.CommandJson;
import dev.siltstone.operations.command.OperationCommand;
import dev.siltstone.operations.command.Operations;
import dev.siltstone.operations.command.Workplace;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles two kinds of events.
 *
 * <ul>
 *   <li>A batch of SQS messages: each names a collection to look at. Messages whose run failed are
 *       answered in {@code batchItemFailures} and come again; losing the lock is no failure.
 *   <li>A command, from a schedule or a person: {@code {"command":"stats","collection":"docs"}};
 *       see {@link CommandJson}. Its answer is that of the command line's {@code --json}.
 * </ul>
 *
 * <p>Anything else is refused, and so is a command that is unknown or wrong: the invocation fails
 * with a message that says what to write.
 */
public final class CompactorHandler implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(CompactorHandler.class);
  private static final ObjectMapper JSON = new ObjectMapper(Json.FACTORY);

  /** A tenth of the time is for ending what was begun before the deadline, within these bounds. */
  private static final int RESERVED_SHARE = 10;

  private static final Duration LEAST_RESERVE = Duration.ofSeconds(2);
  private static final Duration MOST_RESERVE = Duration.ofSeconds(30);

  private final Compactor compactor;
  private final InvocationMetrics metrics;
  private final Operations operations;
  private final Clock clock;

  /** The entry point of the managed runtime. */
  public CompactorHandler() {
    this(CompactorComposition.of(System.getenv()));
  }

  private CompactorHandler(CompactorComposition composition) {
    this(composition.place(), composition.metrics());
  }

  /** Over seams of the caller's, who sees no metrics. */
  public CompactorHandler(Workplace place) {
    this(place, new InvocationMetrics(_ -> {}));
  }

  private CompactorHandler(Workplace place, InvocationMetrics metrics) {
    this.compactor = place.compactor();
    this.metrics = metrics;
    this.operations = new Operations(place);
    this.clock = place.clock();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Duration remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
    Deadline deadline = Deadline.in(clock, remaining.minus(reserve(remaining)));
    JsonNode event = JSON.readTree(input);
    RequestCost cost = new RequestCost(clock::nanoTime);
    try (var _ = Invocation.begin(context.getAwsRequestId(), metrics)) {
      output.write(cost.of(() -> answer(event, deadline)));
      if (cost.calls().containsKey("S3.GetObject")) {
        metrics.record(Metric.BYTES_MOVED, cost.bytes());
      }
    }
  }

  /** How long before its end an invocation begins nothing more. */
  static Duration reserve(Duration remaining) {
    Duration share = remaining.dividedBy(RESERVED_SHARE);
    Duration atLeast = share.compareTo(LEAST_RESERVE) < 0 ? LEAST_RESERVE : share;
    return atLeast.compareTo(MOST_RESERVE) > 0 ? MOST_RESERVE : atLeast;
  }

  private byte[] answer(JsonNode event, Deadline deadline) {
    if (event.path("Records").isArray()) {
      return notices(event.get("Records"), deadline);
    }
    if (!event.has(CommandJson.COMMAND)) {
      throw new InvalidRequestException(
          "an event is a batch of SQS messages or a command, such as"
              + " {\"command\":\"stats\",\"collection\":\"docs\"}");
    }
    OperationCommand command = CommandJson.read(event);
    Answered answered = operations.run(command, deadline, new DeadlineProgress(deadline));
    LOG.info("{}: {}", command, answered.clean() ? "done" : "not clean");
    return Json.bytes(answered.report()::write);
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
      if (!succeeds(collection, deadline)) {
        failed.addAll(ids);
      }
    });
    return BatchItemFailures.of(failed);
  }

  /** One collection's trouble must not stop the others. */
  private boolean succeeds(CollectionId collection, Deadline deadline) {
    try {
      CompactionReport _ = compactor.run(collection, deadline);
      return true;
    } catch (SiltstoneException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("collection", collection)
          .addKeyValue("advice", e.advice())
          .log("compaction failed");
      return false;
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("collection", collection)
          .log("compaction failed, which is a defect");
      return false;
    }
  }
}
