package dev.siltstone.delta;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.Operation.Add;
import dev.siltstone.record.Operation.Delete;
import dev.siltstone.record.Operation.Update;
import dev.siltstone.record.Operation.Upsert;
import dev.siltstone.record.RecordId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** The rows of the table {@code operation}. */
final class OperationRows {
  static final String INSERT = "INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String SELECT =
      "SELECT position, kind, id, embedding, document, uri, metadata FROM operation"
          + " ORDER BY position LIMIT ?";

  private OperationRows() {}

  /** One row as SQLite holds it. */
  private record Row(
      String kind,
      String id,
      byte @Nullable [] embedding,
      @Nullable String document,
      @Nullable String uri,
      @Nullable String metadata) {
    long size() {
      return id.length()
          + (embedding == null ? 0L : embedding.length)
          + lengthOf(document)
          + lengthOf(uri)
          + lengthOf(metadata);
    }

    private static long lengthOf(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  /**
   * Writes the rows.
   *
   * @param insert of {@link #INSERT}
   */
  static void write(PreparedStatement insert, List<Operation> operations) throws SQLException {
    for (int position = 0; position < operations.size(); position++) {
      insert.setInt(1, position);
      bind(insert, row(operations.get(position)));
      insert.executeUpdate();
    }
  }

  private static Row row(Operation operation) {
    return switch (operation) {
      case Add add -> row("add", add, add.document(), add.uri(), add.metadata());
      case Upsert upsert ->
          row("upsert", upsert, upsert.document(), upsert.uri(), upsert.metadata());
      case Update update ->
          row("update", update, update.document(), update.uri(), update.metadata());
      case Delete delete -> row("delete", delete, null, null, MetadataPatch.NONE);
    };
  }

  private static Row row(
      String kind,
      Operation operation,
      @Nullable String document,
      @Nullable String uri,
      MetadataPatch metadata) {
    Embedding embedding = operation.embedding();
    return new Row(
        kind,
        WellFormedText.checked(operation.id().value()),
        embedding == null ? null : embedding.toLittleEndian(),
        WellFormedText.checkedOrNull(document),
        WellFormedText.checkedOrNull(uri),
        metadata.isEmpty() ? null : WellFormedText.checked(MetadataJson.write(metadata)));
  }

  private static void bind(PreparedStatement insert, Row row) throws SQLException {
    insert.setString(2, row.kind());
    insert.setString(3, row.id());
    insert.setBytes(4, row.embedding());
    insert.setString(5, row.document());
    insert.setString(6, row.uri());
    insert.setString(7, row.metadata());
  }

  /**
   * Reads as many operations as the properties say, no more and no fewer.
   *
   * @param databaseBytes what all rows together can hold at most, so that pages which a forged file
   *     shares between rows do not multiply in memory
   */
  static List<Operation> read(
      SQLiteConnection connection, DeltaProperties properties, long databaseBytes)
      throws SQLException {
    List<Operation> operations = new ArrayList<>();
    long left = databaseBytes;
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setLong(1, properties.operations() + 1L);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          int position = operations.size();
          Row row = fetched(rows, position);
          left -= row.size();
          if (left < 0) {
            throw new CorruptDataException("A delta's rows hold more than its database");
          }
          operations.add(operation(row, position, properties.dimension()));
        }
      }
    }
    if (operations.size() != properties.operations()) {
      throw new CorruptDataException(
          "A delta says it has %d operations and has %s%d"
              .formatted(
                  properties.operations(),
                  operations.size() > properties.operations() ? "at least " : "",
                  operations.size()));
    }
    return operations;
  }

  private static Row fetched(ResultSet rows, int position) throws SQLException {
    long found = rows.getLong(1);
    if (found != position) {
      throw new CorruptDataException(
          "A delta's operation %d stands at position %d".formatted(position, found));
    }
    String kind = rows.getString(2);
    String id = rows.getString(3);
    if (kind == null || id == null) {
      throw new CorruptDataException("A delta's operation %d has no id".formatted(position));
    }
    return new Row(
        kind, id, rows.getBytes(4), rows.getString(5), rows.getString(6), rows.getString(7));
  }

  private static Operation operation(Row row, int position, int dimension) {
    try {
      Operation operation = operation(row);
      Embedding embedding = operation.embedding();
      if (embedding != null && embedding.dimension() != dimension) {
        throw new CorruptDataException(
            "A delta of dimension %d has an embedding of %d at position %d"
                .formatted(dimension, embedding.dimension(), position));
      }
      return operation;
    } catch (InvalidRequestException | IllegalArgumentException e) {
      throw new CorruptDataException(
          "A delta's operation %d is malformed: %s".formatted(position, e.getMessage()), e);
    }
  }

  private static Operation operation(Row row) {
    RecordId id = new RecordId(row.id());
    Embedding embedding =
        row.embedding() == null ? null : Embedding.fromLittleEndian(row.embedding());
    MetadataPatch metadata =
        row.metadata() == null ? MetadataPatch.NONE : MetadataJson.read(row.metadata());
    return switch (row.kind()) {
      case "add" -> new Add(id, present(embedding), row.document(), row.uri(), metadata);
      case "upsert" -> new Upsert(id, present(embedding), row.document(), row.uri(), metadata);
      case "update" -> new Update(id, embedding, row.document(), row.uri(), metadata);
      case "delete" -> deletion(id, row);
      default -> throw new IllegalArgumentException("unknown kind " + row.kind());
    };
  }

  private static Embedding present(@Nullable Embedding embedding) {
    if (embedding == null) {
      throw new IllegalArgumentException("no embedding");
    }
    return embedding;
  }

  private static Delete deletion(RecordId id, Row row) {
    if (row.embedding() != null
        || row.document() != null
        || row.uri() != null
        || row.metadata() != null) {
      throw new IllegalArgumentException("a delete with more than an id");
    }
    return new Delete(id);
  }
}
