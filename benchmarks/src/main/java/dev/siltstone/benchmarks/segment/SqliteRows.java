package dev.siltstone.benchmarks.segment;

import dev.siltstone.record.Metadata;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/** How the two SQLite layouts are filled and read. */
final class SqliteRows {
  private SqliteRows() {}

  static void lines(Connection connection, List<Metadata> rows) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO filters VALUES (?, ?, ?)")) {
      for (int row = 0; row < rows.size(); row++) {
        for (var field : rows.get(row).values().entrySet()) {
          insert.setString(1, field.getKey());
          insert.setObject(2, SqliteFilters.sql(field.getValue()));
          insert.setInt(3, row);
          insert.addBatch();
        }
        if (row % 1_000 == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  static void bitmaps(Connection connection, List<Metadata> rows) throws SQLException {
    Map<Posting, RoaringBitmap> postings = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      for (var field : rows.get(row).values().entrySet()) {
        Posting posting = new Posting(field.getKey(), SqliteFilters.sql(field.getValue()));
        postings.computeIfAbsent(posting, _ -> new RoaringBitmap()).add(row);
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO filters VALUES (?, ?, ?)")) {
      for (var posting : postings.entrySet()) {
        insert.setString(1, posting.getKey().key());
        insert.setObject(2, posting.getKey().value());
        insert.setBytes(3, bytes(posting.getValue()));
        insert.executeUpdate();
      }
    }
  }

  static RoaringBitmap readLines(ResultSet found) throws SQLException {
    RoaringBitmap rows = new RoaringBitmap();
    while (found.next()) {
      rows.add(found.getInt(1));
    }
    return rows;
  }

  static RoaringBitmap readBitmaps(ResultSet found) throws SQLException {
    RoaringBitmap rows = new RoaringBitmap();
    while (found.next()) {
      rows.or(new ImmutableRoaringBitmap(ByteBuffer.wrap(found.getBytes(1))).toRoaringBitmap());
    }
    return rows;
  }

  private static byte[] bytes(RoaringBitmap rows) {
    rows.runOptimize();
    ByteBuffer bytes = ByteBuffer.allocate(rows.serializedSizeInBytes());
    rows.serialize(bytes);
    return bytes.array();
  }

  private record Posting(String key, Object value) {}
}
