package dev.siltstone.benchmarks.segment;

import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.where.Comparison;
import dev.siltstone.where.Where;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * A SQLite file, opened read-only and immutable, that answers comparisons by an index over (key,
 * value); conjunctions and disjunctions are bitmaps, as in our own file. Statements are prepared
 * once. Two layouts: one line per key, value and row, or one bitmap per key and value.
 */
final class SqliteFilters implements FilterContestant {
  /** What a line of the table holds. */
  enum Layout {
    LINES("row INTEGER, PRIMARY KEY (key, value, row)", "row"),
    BITMAPS("rows BLOB, PRIMARY KEY (key, value)", "rows");

    final String columns;
    final String answer;

    Layout(String columns, String answer) {
      this.columns = columns;
      this.answer = answer;
    }
  }

  private final Layout layout;
  private final Connection connection;
  private final Map<Comparison, PreparedStatement> statements = new EnumMap<>(Comparison.class);

  private SqliteFilters(Layout layout, Connection connection) {
    this.layout = layout;
    this.connection = connection;
  }

  static void write(Path path, List<Metadata> rows, Layout layout) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE filters (key TEXT, value, " + layout.columns + ") WITHOUT ROWID");
      connection.setAutoCommit(false);
      switch (layout) {
        case LINES -> SqliteRows.lines(connection, rows);
        case BITMAPS -> SqliteRows.bitmaps(connection, rows);
      }
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("VACUUM");
    }
  }

  static SqliteFilters open(Path path, Layout layout) throws SQLException {
    return new SqliteFilters(
        layout,
        DriverManager.getConnection(
            "jdbc:sqlite:file:" + path + "?mode=ro&immutable=1&mmap_size=1073741824"));
  }

  @Override
  public RoaringBitmap matching(Where where) {
    try {
      return evaluate(where);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private RoaringBitmap evaluate(Where where) throws SQLException {
    switch (where) {
      case Where.Compare(String key, Comparison comparison, var operand) -> {
        return compare(key, comparison, operand);
      }
      case Where.And(List<Where> children) -> {
        RoaringBitmap all = evaluate(children.getFirst());
        for (Where child : children.subList(1, children.size())) {
          all.and(evaluate(child));
        }
        return all;
      }
      case Where.Or(List<Where> children) -> {
        RoaringBitmap any = evaluate(children.getFirst());
        for (Where child : children.subList(1, children.size())) {
          any.or(evaluate(child));
        }
        return any;
      }
      default -> throw new IllegalArgumentException("not asked here: " + where);
    }
  }

  private RoaringBitmap compare(String key, Comparison comparison, MetadataValue operand)
      throws SQLException {
    PreparedStatement statement = statements.get(comparison);
    if (statement == null) {
      statement =
          connection.prepareStatement(
              "SELECT "
                  + layout.answer
                  + " FROM filters WHERE key = ? AND value "
                  + operator(comparison)
                  + " ?");
      statements.put(comparison, statement);
    }
    statement.setString(1, key);
    statement.setObject(2, sql(operand));
    try (ResultSet found = statement.executeQuery()) {
      return switch (layout) {
        case LINES -> SqliteRows.readLines(found);
        case BITMAPS -> SqliteRows.readBitmaps(found);
      };
    }
  }

  private static String operator(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> "=";
      case LESS -> "<";
      case GREATER -> ">";
      case LESS_OR_EQUAL -> "<=";
      case GREATER_OR_EQUAL -> ">=";
      case NOT_EQUAL -> throw new IllegalArgumentException("not asked here: " + comparison);
    };
  }

  static Object sql(MetadataValue value) {
    return switch (value) {
      case StringValue(String text) -> text;
      case IntValue(long number) -> number;
      case FloatValue(double number) -> number;
      case BoolValue(boolean flag) -> flag ? 1L : 0L;
      case MetadataValue.Many _ -> throw new IllegalArgumentException("no lists here");
    };
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
