package dev.siltstone.delta;

import com.github.luben.zstd.Zstd;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.storage.Checksum;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** Deltas that are right in every part but one. */
final class ForgedDelta {
  private ForgedDelta() {}

  static Delta honest() {
    MetadataPatch metadata = MetadataPatch.setting(Map.of("n", new IntValue(3)));
    return new Delta(
        new CollectionId(new UUID(1, 2)),
        new DeltaId(new UUID(3, 4)),
        2,
        null,
        Instant.EPOCH,
        List.of(
            new Operation.Add(new RecordId("a"), Embedding.of(1, 2), "text", "uri", metadata),
            new Operation.Update(new RecordId("b"), null, null, null, metadata),
            new Operation.Delete(new RecordId("c"))));
  }

  /** A file around this database, sizes and checksums correct. */
  static byte[] around(byte[] database) {
    byte[] frame = Zstd.compress(database, 1);
    return file(new DeltaHeader(database.length, frame.length, Checksum.of(database)), frame);
  }

  static byte[] file(DeltaHeader header, byte[] frame) {
    return ByteBuffer.allocate(DeltaHeader.BYTES + frame.length)
        .put(header.toBytes())
        .put(frame)
        .array();
  }

  /** An honest delta after some SQL. */
  static byte[] after(String... statements) throws SQLException {
    try (SQLiteConnection connection =
        (SQLiteConnection) new SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
      connection.deserialize("main", DeltaDatabase.write(honest()));
      try (Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
      return around(connection.serialize("main"));
    }
  }

  /** The database in an honest delta with some bytes replaced. */
  static byte[] withDatabaseBytes(int offset, int... values) {
    byte[] database = DeltaDatabase.write(honest());
    for (int i = 0; i < values.length; i++) {
      database[offset + i] = (byte) values[i];
    }
    return around(database);
  }

  static byte[] truncated(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }
}
