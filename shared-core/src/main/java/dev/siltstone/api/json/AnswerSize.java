package dev.siltstone.api.json;

import dev.siltstone.api.AnswerRoom;
import dev.siltstone.api.ApiException;
import dev.siltstone.api.json.IncludeList.Include;
import dev.siltstone.json.Json;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.Many;
import dev.siltstone.record.MetadataValue.StringValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The least that the answer of one request will take, counted while its records are read: one that
 * cannot be carried is given up before all of it is in memory. Belongs to one thread.
 */
public final class AnswerSize {
  /** Of any value: it has at least two characters, and something parts it from the next one. */
  private static final int LEAST_BYTES = 3;

  /** Of a number of an embedding: it has a fraction. */
  private static final int LEAST_BYTES_OF_A_FLOAT = 4;

  /** So many more bytes are worth asking for. */
  private static final long STEP_BYTES = 1 << 20;

  private final int maxBytes;
  private final String advice;
  private final AnswerRoom room;
  private long bytes;
  private long toldBytes;

  AnswerSize(int maxBytes, String advice, AnswerRoom room) {
    this.maxBytes = maxBytes;
    this.advice = advice;
    this.room = room;
  }

  /** More records than this no answer can carry; none needs to be looked for beyond. */
  public int mostRecords() {
    return maxBytes / LEAST_BYTES + 1;
  }

  /**
   * Counts what is included of a record, and gives it back.
   *
   * @throws ApiException with status 413 if the answer is over the limit by now
   */
  public RecordRow with(RecordRow row, IncludeList include) {
    bytes += LEAST_BYTES + row.id().value().length();
    for (Include field : include.fields()) {
      bytes += length(row, field);
    }
    if (bytes > maxBytes) {
      throw ApiException.tooLarge(advice);
    }
    if (bytes - toldBytes > STEP_BYTES) {
      toldBytes = bytes;
      room.growTo(bytes);
    }
    return row;
  }

  /** The answer as JSON, beside the records it is made from. */
  byte[] write(Json.Writing writing) {
    return BoundedBytes.of(maxBytes, writing, advice, json -> room.growTo(bytes + json));
  }

  private static long length(RecordRow row, Include field) {
    return switch (field) {
      case DOCUMENTS -> length(row.document());
      case URIS -> length(row.uri());
      case METADATAS -> length(row.metadata());
      case EMBEDDINGS -> length(row.embedding());
      case DISTANCES -> 0;
    };
  }

  private static long length(@Nullable Embedding embedding) {
    return embedding == null ? 0 : (long) LEAST_BYTES_OF_A_FLOAT * embedding.dimension();
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static long length(Metadata metadata) {
    long length = 0;
    for (Map.Entry<String, MetadataValue> field : metadata.values().entrySet()) {
      length += field.getKey().length() + length(field.getValue());
    }
    return length;
  }

  private static long length(MetadataValue value) {
    return switch (value) {
      case StringValue(String text) -> text.length();
      case Many list -> list.elements().stream().mapToLong(AnswerSize::length).sum();
      case MetadataValue.IntValue _, MetadataValue.FloatValue _, MetadataValue.BoolValue _ -> 1;
    };
  }
}
