package dev.siltstone.ingest.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.ingest.file.DroppedFile;
import dev.siltstone.ingest.file.FileImporter;
import dev.siltstone.ingest.file.ImportProgress;
import dev.siltstone.invocation.BatchItemFailures;
import dev.siltstone.json.Json;
import dev.siltstone.time.Deadline;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages of the import queue: S3's events about new files, and our own about files that are
 * not done. What is left of a file when time runs out is sent to the queue again as a new message,
 * so that only a message without any progress is delivered again.
 */
final class FileWorker {
  private static final Logger LOG = LoggerFactory.getLogger(FileWorker.class);
  private static final ObjectMapper JSON = new ObjectMapper(Json.FACTORY);

  private final String queue;
  private final FileImporter importer;
  private final Consumer<String> later;

  /**
   * @param queueUrl of the import queue
   * @param later sends a message to it
   */
  FileWorker(String queueUrl, FileImporter importer, Consumer<String> later) {
    this.queue = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    this.importer = importer;
    this.later = later;
  }

  boolean isFor(QueueMessage message) {
    return message.queue().equals(queue);
  }

  byte[] take(List<QueueMessage> messages, Deadline deadline) {
    List<String> failed = new ArrayList<>();
    for (QueueMessage message : messages) {
      try {
        for (ImportProgress file : files(message.body())) {
          importer
              .run(file, deadline)
              .ifPresent(left -> later.accept(new String(left.json(), UTF_8)));
        }
      } catch (RuntimeException e) {
        LOG.atError()
            .setCause(e)
            .addKeyValue("message_id", message.id())
            .log("nothing was imported");
        failed.add(message.id());
      }
    }
    return BatchItemFailures.of(failed);
  }

  /** None for the message by which S3 tries the queue. */
  private static List<ImportProgress> files(String body) {
    JsonNode message = parse(body);
    if (message.has(ImportProgress.FIELD)) {
      return List.of(ImportProgress.read(message.get(ImportProgress.FIELD)));
    }
    if (message.path("Event").asText().equals("s3:TestEvent")) {
      return List.of();
    }
    List<ImportProgress> files = new ArrayList<>();
    for (JsonNode record : message.path("Records")) {
      JsonNode object = record.at("/s3/object");
      files.add(
          ImportProgress.of(
              new DroppedFile(
                  URLDecoder.decode(object.path("key").asText(), UTF_8),
                  object.path("eTag").asText(),
                  object.path("size").asLong())));
    }
    if (files.isEmpty()) {
      throw new InvalidRequestException("the message is no event of S3");
    }
    return files;
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new InvalidRequestException("the message is no JSON", e);
    }
  }
}
