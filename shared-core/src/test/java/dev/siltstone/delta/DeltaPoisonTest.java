package dev.siltstone.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.storage.Checksum;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaPoisonTest {
  private static final byte[] HONEST = DeltaWriter.encode(ForgedDelta.honest()).bytes();

  @Test
  void refusesATruncatedFileOfAnyLength() {
    for (int length = 0; length < HONEST.length; length++) {
      byte[] file = ForgedDelta.truncated(HONEST, length);
      assertPoison(file, "truncated");
    }
  }

  @Test
  void refusesAFileWithAnyByteChangedUnlessItInflatesToTheSame() {
    int same = 0;
    for (int i = 0; i < HONEST.length; i++) {
      byte[] file = HONEST.clone();
      file[i] ^= 0x20;
      Throwable refusal = catchThrowable(() -> DeltaReader.decode(file, DeltaLimits.FORMAT));
      if (refusal == null) {
        same++;
        assertThat(DeltaReader.decode(file, DeltaLimits.FORMAT)).isEqualTo(ForgedDelta.honest());
      } else {
        assertThat(refusal).as("byte %d", i).isInstanceOf(CorruptDataException.class);
      }
    }
    assertThat(same).isLessThan(HONEST.length / 50);
  }

  @Test
  void refusesWhatDoesNotStartLikeADelta() {
    byte[] text =
        "This is a plain text of more than 72 bytes. ".repeat(3).getBytes(StandardCharsets.UTF_8);
    assertPoison(text, "Not a delta");
    assertPoison(Zstd.compress(new byte[100]), "truncated");
    assertPoison(DeltaDatabase.write(ForgedDelta.honest()), "Not a delta");
  }

  @Test
  void refusesBytesBehindTheEnd() {
    assertPoison(Arrays.copyOf(HONEST, HONEST.length + 5), "5 bytes behind its end");
  }

  @Test
  void refusesADamagedHeader() {
    byte[] file = HONEST.clone();
    file[21]++;
    assertPoison(file, "header is damaged: CRC-32C");
  }

  @Test
  void tellsANewerVersionFromDamage() {
    byte[] file = withVersion(HONEST, 2);
    assertThatThrownBy(() -> DeltaReader.decode(file, DeltaLimits.FORMAT))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("format version 2; this code reads up to 1");
    assertPoison(withVersion(HONEST, 0), "format version 0");
  }

  @Test
  void refusesADatabaseOfAnotherChecksum() {
    byte[] database = DeltaDatabase.write(ForgedDelta.honest());
    byte[] frame = Zstd.compress(database, 1);
    Checksum other = Checksum.of(new byte[0]);
    byte[] file = ForgedDelta.file(new DeltaHeader(database.length, frame.length, other), frame);
    assertPoison(file, "SHA-256 " + Checksum.of(database) + ", expected " + other);
  }

  @Test
  void refusesWhatIsNoDatabase() {
    assertPoison(ForgedDelta.around("hello".getBytes(StandardCharsets.UTF_8)), "not a SQLite");
    assertPoison(ForgedDelta.around(new byte[12_288]), "not a SQLite");
  }

  @Test
  void refusesADatabaseOfSomebodyElse() throws SQLException {
    assertPoison(ForgedDelta.after("PRAGMA application_id = 7"), "application_id 00000007");
    assertPoison(ForgedDelta.after("PRAGMA user_version = 9"), "user_version 9");
    assertPoison(ForgedDelta.withDatabaseBytes(18, 2, 2), "WAL mode");
    assertPoison(ForgedDelta.withDatabaseBytes(56, 0, 0, 0, 2), "not in UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DROP TABLE operation",
        "ALTER TABLE operation ADD COLUMN extra",
        "CREATE TABLE zebra (x)",
        "CREATE INDEX i ON operation (id)",
        "CREATE TRIGGER t AFTER INSERT ON operation BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT 1",
      })
  void refusesAnotherSchema(String statement) throws SQLException {
    assertPoison(ForgedDelta.after(statement), "another schema");
  }

  /** The view never ends: whoever reads it hangs. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAViewInPlaceOfATable() throws SQLException {
    byte[] file =
        ForgedDelta.after(
            "DROP TABLE operation",
            "CREATE VIEW operation AS WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM"
                + " c) SELECT x AS position, 'delete' AS kind, 'a' AS id, NULL AS embedding, NULL"
                + " AS document, NULL AS uri, NULL AS metadata FROM c");
    assertPoison(file, "another schema");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DELETE FROM operation WHERE position = 2|says it has 3 operations and has 2",
        "INSERT INTO operation (position, kind, id) VALUES (3, 'delete', 'd')|3 operations and has"
            + " at least 4",
        "UPDATE delta SET value = '2147483647' WHERE key = 'operations'|2147483647 operations and"
            + " has 3",
        "UPDATE operation SET position = 7 WHERE position = 2|operation 2 stands at position 7",
        "UPDATE operation SET position = -1 WHERE position = 2|operation 0 stands at position -1",
        "UPDATE operation SET kind = 'drop'|unknown kind drop",
        "UPDATE operation SET id = ''|non-empty",
        "UPDATE operation SET embedding = NULL|no embedding",
        "UPDATE operation SET embedding = x'0000803f' WHERE position = 0|embedding of 1 at position"
            + " 0",
        "UPDATE operation SET embedding = x'00000000'|dimension 2 has an embedding of 1",
        "UPDATE operation SET embedding = x'000000' WHERE position = 0|not a multiple of 4",
        "UPDATE operation SET embedding = x'0000c07f00000000' WHERE position = 0|NaN",
        "UPDATE operation SET document = '' WHERE position = 2|a delete with more than an id",
        "UPDATE operation SET metadata = '[]'|no JSON object",
        "UPDATE operation SET metadata = '{'|no JSON",
        "UPDATE operation SET metadata = '{} {}'|goes on behind",
        "UPDATE operation SET metadata = '{\"a\":[]}'|empty list",
        "UPDATE operation SET metadata = '{\"a\":[1,\"x\"]}'|several kinds",
        "UPDATE operation SET metadata = '{\"a\":[1,2.0]}'|several kinds",
        "UPDATE operation SET metadata = '{\"a\":[null]}'|VALUE_NULL",
        "UPDATE operation SET metadata = '{\"a\":{}}'|START_OBJECT",
        "UPDATE operation SET metadata = '{\"a\":1,\"a\":null}'|no JSON",
        "UPDATE operation SET metadata = '{\"a\":9223372036854775808}'|no JSON",
        "UPDATE operation SET metadata = '{\"a\":1e999}'|finite",
        "UPDATE operation SET metadata = '{\"#a\":1}'|reserved",
        "DELETE FROM delta WHERE key = 'collection'|lacks the property collection",
        "INSERT INTO delta VALUES ('colour', 'blue')|unknown properties: [colour]",
        "UPDATE delta SET value = 'x' WHERE key = 'delta'|malformed property",
        "UPDATE delta SET value = 'x' WHERE key = 'created_at'|malformed property",
        "UPDATE delta SET value = '-1' WHERE key = 'dimension'|malformed property",
      })
  void refusesOtherContent(String statement, String message) throws SQLException {
    assertPoison(ForgedDelta.after(statement), message);
  }

  @Test
  void refusesARowWithoutAnIdUnderAForgedSchema() throws SQLException {
    byte[] file =
        ForgedDelta.after(
            "CREATE TEMP TABLE s AS SELECT sql FROM sqlite_schema WHERE name = 'operation'",
            "DROP TABLE operation",
            "CREATE TABLE operation (position INTEGER PRIMARY KEY, kind, id, embedding, document,"
                + " uri, metadata)",
            "INSERT INTO operation (position, kind) VALUES (0, 'delete')",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = (SELECT sql FROM s) WHERE name = 'operation'");
    assertPoison(file, "operation 0 has no id");
  }

  @Test
  void refusesABombWithoutInflatingIt() {
    byte[] zeros = new byte[64 << 20];
    byte[] frame = Zstd.compress(zeros, 1);
    Checksum checksum = Checksum.of(zeros);
    byte[] bomb = ForgedDelta.file(new DeltaHeader(zeros.length, frame.length, checksum), frame);
    byte[] liar = ForgedDelta.file(new DeltaHeader(12_288, frame.length, checksum), frame);

    assertPoisonCheaply(bomb, DeltaLimits.FORMAT, "more than 2000 to 1");
    assertPoisonCheaply(bomb, new DeltaLimits(zeros.length - 1, 50_000), "inflate to 67108864");
    assertPoisonCheaply(liar, DeltaLimits.FORMAT, "declares 67108864 bytes of content");
  }

  @Test
  void reachesTheSameVerdictOnAnyDamageToTheDatabase() {
    byte[] honest = DeltaDatabase.write(ForgedDelta.honest());
    int refused = 0;
    for (long seed = 0; seed < 2_000; seed++) {
      byte[] file = ForgedDelta.around(damaged(honest, new Random(seed)));
      Throwable first = catchThrowable(() -> DeltaReader.decode(file, DeltaLimits.FORMAT));
      Throwable again = catchThrowable(() -> DeltaReader.decode(file, DeltaLimits.FORMAT));
      if (first != null) {
        refused++;
        assertThat(first).as("seed %d", seed).isInstanceOf(CorruptDataException.class);
        assertThat(again).as("seed %d", seed).hasMessage(first.getMessage());
      } else {
        assertThat(again).as("seed %d", seed).isNull();
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  /** Changes a few bytes where SQLite keeps its structure: at the start or the end of a page. */
  private static byte[] damaged(byte[] honest, Random random) {
    byte[] database = honest.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int page = random.nextInt(database.length / DeltaSchema.PAGE_BYTES);
      int within = random.nextInt(300);
      int offset = random.nextBoolean() ? within : DeltaSchema.PAGE_BYTES - 1 - within;
      database[page * DeltaSchema.PAGE_BYTES + offset] = (byte) random.nextInt();
    }
    return database;
  }

  private static byte[] withVersion(byte[] file, int version) {
    ByteBuffer result = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    result.putInt(16, version);
    CRC32C crc = new CRC32C();
    crc.update(result.array(), 0, DeltaHeader.BYTES - 4);
    return result.putInt(DeltaHeader.BYTES - 4, (int) crc.getValue()).array();
  }

  private static void assertPoison(byte[] file, String message) {
    assertThatThrownBy(() -> DeltaReader.decode(file, DeltaLimits.FORMAT))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining(message);
  }

  private static void assertPoisonCheaply(byte[] file, DeltaLimits limits, String message) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Throwable refusal = catchThrowable(() -> DeltaReader.decode(file, limits));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(refusal).isInstanceOf(CorruptDataException.class).hasMessageContaining(message);
    assertThat(allocated).isLessThan(1 << 20);
  }
}
