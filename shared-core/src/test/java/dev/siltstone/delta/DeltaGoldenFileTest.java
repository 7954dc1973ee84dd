package dev.siltstone.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolList;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * A file that the first release wrote. It is never made again: a new format version gets a golden
 * file of its own beside it.
 */
class DeltaGoldenFileTest {
  private static final Map<String, MetadataValue> METADATA =
      Map.of(
          "bool", new BoolValue(true),
          "bools", new BoolList(List.of(new BoolValue(true), new BoolValue(false))),
          "float", new FloatValue(3.0),
          "floats", new FloatList(List.of(new FloatValue(0.5), new FloatValue(1e300))),
          "int", new IntValue(3),
          "ints", new IntList(List.of(new IntValue(Long.MIN_VALUE), new IntValue(-1))),
          "string", new StringValue("\"größe\" 𝄞"),
          "strings", new StringList(List.of(new StringValue("a"), new StringValue(""))));

  static final Delta EXPECTED =
      new Delta(
          CollectionId.parse("0198f6a0-1111-7000-8000-000000000001"),
          DeltaId.parse("0198f6a0-2222-7000-8000-000000000002"),
          3,
          "all-MiniLM-L6-v2",
          Instant.parse("2026-11-20T12:34:56.789012345Z"),
          List.of(
              new Operation.Add(
                  new RecordId("added"),
                  Embedding.of(1f, -0f, Float.MIN_VALUE),
                  "a document\nof two lines",
                  "s3://bucket/key",
                  MetadataPatch.setting(METADATA)),
              new Operation.Upsert(
                  new RecordId("upserted 日本"),
                  Embedding.of(0.1f, Float.MAX_VALUE, 3f),
                  null,
                  null,
                  MetadataPatch.NONE),
              new Operation.Update(
                  new RecordId("updated"),
                  null,
                  "",
                  null,
                  MetadataPatch.of(Map.of("kept", new IntValue(1)), Set.of("gone"))),
              new Operation.Delete(new RecordId("deleted"))));

  @Test
  void todaysReaderReadsTheFirstRelease() throws IOException {
    assertThat(DeltaReader.decode(golden(), DeltaLimits.FORMAT)).isEqualTo(EXPECTED);
  }

  @Test
  void todaysWriterMakesTheSameDatabase() throws IOException, SQLException {
    assertThat(dump(DeltaWriter.encode(EXPECTED).bytes())).isEqualTo(dump(golden()));
  }

  private static byte[] golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            DeltaGoldenFileTest.class.getResourceAsStream("/golden/delta-v1.delta"))) {
      return in.readAllBytes();
    }
  }

  /** Header fields of meaning, schema and rows as text. */
  private static List<String> dump(byte[] file) throws SQLException {
    List<String> lines = new ArrayList<>();
    byte[] database = Zstd.decompress(file, (int) DeltaHeader.read(file).rawBytes());
    try (SQLiteConnection connection =
            (SQLiteConnection) new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      connection.deserialize("main", database);
      for (String query :
          List.of(
              "PRAGMA application_id",
              "PRAGMA user_version",
              "PRAGMA page_size",
              "PRAGMA encoding",
              "SELECT sql FROM sqlite_schema ORDER BY name",
              "SELECT quote(key) || quote(value) FROM delta ORDER BY key",
              "SELECT position || quote(kind) || quote(id) || quote(embedding) || quote(document)"
                  + " || quote(uri) || quote(metadata) FROM operation ORDER BY position")) {
        try (ResultSet rows = statement.executeQuery(query)) {
          while (rows.next()) {
            lines.add(rows.getString(1));
          }
        }
      }
    }
    return lines;
  }
}
