package dev.siltstone.delta;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Operation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** The rows of the table {@code delta}. */
record DeltaProperties(
    CollectionId collection,
    DeltaId delta,
    Instant createdAt,
    int dimension,
    @Nullable String embeddingFunction,
    int operations) {
  static final String INSERT = "INSERT INTO delta VALUES (?, ?)";

  private static final int MOST_ROWS = 6;

  DeltaProperties {
    if (dimension < 0 || dimension > Embedding.MAX_DIMENSION || operations < 0) {
      throw new IllegalArgumentException(
          "dimension %d, operations %d".formatted(dimension, operations));
    }
  }

  static DeltaProperties of(Delta delta) {
    return new DeltaProperties(
        delta.collection(),
        delta.id(),
        delta.createdAt(),
        delta.dimension(),
        delta.embeddingFunction(),
        delta.operations().size());
  }

  Delta with(List<Operation> operations) {
    return new Delta(collection, delta, dimension, embeddingFunction, createdAt, operations);
  }

  /**
   * Writes the rows.
   *
   * @param insert of {@link #INSERT}
   */
  void write(PreparedStatement insert) throws SQLException {
    put(insert, "collection", collection.toString());
    put(insert, "delta", delta.toString());
    put(insert, "created_at", createdAt.toString());
    put(insert, "dimension", Integer.toString(dimension));
    put(insert, "operations", Integer.toString(operations));
    if (embeddingFunction != null) {
      put(insert, "embedding_function", WellFormedText.checked(embeddingFunction));
    }
  }

  private static void put(PreparedStatement insert, String key, String value) throws SQLException {
    insert.setString(1, key);
    insert.setString(2, value);
    insert.executeUpdate();
  }

  static DeltaProperties read(SQLiteConnection connection) throws SQLException {
    Map<String, String> values = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT key, value FROM delta LIMIT " + (MOST_ROWS + 1))) {
      while (rows.next()) {
        values.put(rows.getString(1), rows.getString(2));
      }
    }
    return parsed(values);
  }

  private static DeltaProperties parsed(Map<String, String> values) {
    try {
      DeltaProperties properties =
          new DeltaProperties(
              CollectionId.parse(taken(values, "collection")),
              DeltaId.parse(taken(values, "delta")),
              Instant.parse(taken(values, "created_at")),
              Integer.parseInt(taken(values, "dimension")),
              values.remove("embedding_function"),
              Integer.parseInt(taken(values, "operations")));
      if (!values.isEmpty()) {
        throw new CorruptDataException("A delta has unknown properties: " + values.keySet());
      }
      return properties;
    } catch (InvalidRequestException | IllegalArgumentException | DateTimeException e) {
      throw new CorruptDataException("A delta has a malformed property: " + e.getMessage(), e);
    }
  }

  private static String taken(Map<String, String> values, String key) {
    String value = values.remove(key);
    if (value == null) {
      throw new CorruptDataException("A delta lacks the property " + key);
    }
    return value;
  }
}
