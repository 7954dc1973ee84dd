package dev.siltstone.api.json;

import static dev.siltstone.api.json.IncludeList.Include.DISTANCES;
import static dev.siltstone.api.json.IncludeList.Include.DOCUMENTS;
import static dev.siltstone.api.json.IncludeList.Include.EMBEDDINGS;
import static dev.siltstone.api.json.IncludeList.Include.METADATAS;
import static dev.siltstone.api.json.IncludeList.Include.URIS;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.siltstone.api.AnswerRoom;
import dev.siltstone.api.ApiException;
import dev.siltstone.api.json.IncludeList.Include;
import dev.siltstone.api.json.SearchAnswer.Column;
import dev.siltstone.json.MetadataJson;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answers of {@code get}, {@code query} and {@code search}: one column per field, null where
 * the request does not include it. Floats are written in the shortest form that reads back as the
 * same float32, always with a fraction or an exponent.
 */
public final class RecordsJson {
  private final int maxBytes;

  /**
   * @param maxBytes the largest answer that the deployment can carry
   */
  public RecordsJson(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Counts, for one request, what its answer takes. */
  public AnswerSize size(AnswerRoom room) {
    String advice =
        "The answer is over the limit of %d bytes: ask for fewer records with limit and offset, or"
                .formatted(maxBytes)
            + " include fewer fields";
    return new AnswerSize(maxBytes, advice, room);
  }

  /**
   * The body of a {@code get}.
   *
   * @throws ApiException with status 413 if it would be over the limit
   */
  public byte[] get(List<RecordRow> rows, IncludeList include, AnswerSize size) {
    return size.write(out -> {
      out.writeStartObject();
      out.writeFieldName("ids");
      writeList(out, rows, RecordsJson::writeId);
      for (Include field : List.of(EMBEDDINGS, DOCUMENTS, URIS, METADATAS)) {
        out.writeFieldName(field.wireName());
        if (include.has(field)) {
          writeList(out, rows, cell(field));
        } else {
          out.writeNull();
        }
      }
      writeInclude(out, include);
      out.writeEndObject();
    });
  }

  /**
   * The body of a {@code query}: one list of rows per query.
   *
   * @throws ApiException with status 413 if it would be over the limit
   */
  public byte[] query(List<List<RecordRow>> results, IncludeList include, AnswerSize size) {
    return size.write(out -> {
      out.writeStartObject();
      out.writeFieldName("ids");
      writeLists(out, results, RecordsJson::writeId);
      for (Include field : List.of(EMBEDDINGS, DOCUMENTS, URIS, METADATAS, DISTANCES)) {
        out.writeFieldName(field.wireName());
        if (include.has(field)) {
          writeLists(out, results, cell(field));
        } else {
          out.writeNull();
        }
      }
      writeInclude(out, include);
      out.writeEndObject();
    });
  }

  /**
   * The body of a {@code search}: for each of its searches one list a column, or null where the
   * search does not select it.
   *
   * @throws ApiException with status 413 if it would be over the limit
   */
  public byte[] search(List<SearchAnswer> answers, AnswerSize size) {
    return size.write(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("ids");
      for (SearchAnswer answer : answers) {
        writeList(out, answer.rows(), RecordsJson::writeId);
      }
      out.writeEndArray();
      for (Column column : Column.values()) {
        out.writeArrayFieldStart(column.name().toLowerCase(Locale.ROOT));
        for (SearchAnswer answer : answers) {
          if (answer.columns().contains(column)) {
            writeList(out, answer.rows(), cell(column));
          } else {
            out.writeNull();
          }
        }
        out.writeEndArray();
      }
      out.writeArrayFieldStart("select");
      for (SearchAnswer answer : answers) {
        String[] select = answer.select().toArray(String[]::new);
        out.writeArray(select, 0, select.length);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private static Cell cell(Column column) {
    return switch (column) {
      case DOCUMENTS -> cell(DOCUMENTS);
      case EMBEDDINGS -> cell(EMBEDDINGS);
      case METADATAS -> cell(METADATAS);
      case SCORES -> cell(DISTANCES);
    };
  }

  private interface Cell {
    void write(JsonGenerator out, RecordRow row) throws IOException;
  }

  private static Cell cell(Include field) {
    return switch (field) {
      case EMBEDDINGS -> (out, row) -> writeEmbedding(out, row.embedding());
      case DOCUMENTS -> (out, row) -> out.writeString(row.document());
      case URIS -> (out, row) -> out.writeString(row.uri());
      case METADATAS -> (out, row) -> writeMetadata(out, row.metadata());
      case DISTANCES -> (out, row) -> writeDistance(out, row.distance());
    };
  }

  private static void writeLists(JsonGenerator out, List<List<RecordRow>> results, Cell cell)
      throws IOException {
    out.writeStartArray();
    for (List<RecordRow> rows : results) {
      writeList(out, rows, cell);
    }
    out.writeEndArray();
  }

  private static void writeList(JsonGenerator out, List<RecordRow> rows, Cell cell)
      throws IOException {
    out.writeStartArray();
    for (RecordRow row : rows) {
      cell.write(out, row);
    }
    out.writeEndArray();
  }

  private static void writeId(JsonGenerator out, RecordRow row) throws IOException {
    out.writeString(row.id().value());
  }

  private static void writeEmbedding(JsonGenerator out, @Nullable Embedding embedding)
      throws IOException {
    if (embedding == null) {
      out.writeNull();
      return;
    }
    out.writeStartArray();
    for (int i = 0; i < embedding.dimension(); i++) {
      out.writeNumber(embedding.get(i));
    }
    out.writeEndArray();
  }

  private static void writeMetadata(JsonGenerator out, Metadata metadata) throws IOException {
    if (metadata.isEmpty()) {
      out.writeNull();
    } else {
      MetadataJson.write(out, metadata);
    }
  }

  private static void writeDistance(JsonGenerator out, float distance) throws IOException {
    if (Float.isFinite(distance)) {
      out.writeNumber(distance);
    } else {
      out.writeNull();
    }
  }

  private static void writeInclude(JsonGenerator out, IncludeList include) throws IOException {
    out.writeArrayFieldStart("include");
    for (Include field : include.fields()) {
      out.writeString(field.wireName());
    }
    out.writeEndArray();
  }
}
