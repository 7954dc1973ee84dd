package dev.siltstone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.failure.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  private static final String INSERT = "INSERT INTO tenant VALUES (?)";

  @TempDir Path folder;

  @Test
  void keepsWhatWasWrittenWhenOpenedAgain() {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("made/on/the/way"))) {
      database.write(session -> session.update(INSERT, "written"));
      database.writeUnsynced(session -> session.update(INSERT, "unsynced"));
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("made/on/the/way"))) {
      assertThat(tenants(database)).contains("written", "unsynced");
    }
  }

  @Test
  void undoesATransactionThatThrows() {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      assertThatThrownBy(() ->
              database.write(session -> {
                session.update(INSERT, "half done");
                throw new NotFoundException("changed its mind");
              }))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> database.write(session -> session.update("INSERT INTO nowhere")))
          .isInstanceOf(UnavailableException.class);

      database.write(session -> session.update(INSERT, "next"));

      assertThat(tenants(database)).contains("next").doesNotContain("half done");
    }
  }

  @Test
  void refusesWritesThroughReadingConnections() {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      assertThatThrownBy(() -> database.read(session -> session.update(INSERT, "sneaked in")))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("readonly");
    }
  }

  @Test
  void refusesANewerSchema() throws SQLException {
    EmbeddedDatabase.open(folder).close();
    alter("PRAGMA user_version = 99");

    assertThatThrownBy(() -> EmbeddedDatabase.open(folder))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("schema version 99, this code reads");
  }

  @Test
  void refusesSomebodyElsesDatabase() throws SQLException {
    alter("CREATE TABLE theirs (a)");

    assertThatThrownBy(() -> EmbeddedDatabase.open(folder))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("not a Siltstone database");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    Files.writeString(folder.resolve(EmbeddedDatabase.FILE_NAME), "text ".repeat(1000));

    assertThatThrownBy(() -> EmbeddedDatabase.open(folder))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void isCreatedOnceByManyOpeners() throws Exception {
    List<Callable<EmbeddedDatabase>> openers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      openers.add(() -> EmbeddedDatabase.open(folder));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<EmbeddedDatabase> opened : threads.invokeAll(openers)) {
        try (EmbeddedDatabase database = opened.get()) {
          assertThat(tenants(database)).containsExactly("default_tenant");
        }
      }
    }
  }

  @Test
  void releasesTheFileWhenClosed() {
    EmbeddedDatabase database = EmbeddedDatabase.open(folder);
    database.write(session -> session.update(INSERT, "written"));
    tenants(database);

    database.close();

    // SQLite removes its write-ahead log with the last connection of all.
    assertThat(folder.resolve("siltstone.db-wal")).doesNotExist();
    assertThatThrownBy(() -> tenants(database)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> database.write(session -> session.update(INSERT, "late")))
        .isInstanceOf(IllegalStateException.class);
  }

  private static List<String> tenants(EmbeddedDatabase database) {
    return database.read(
        session -> session.list("SELECT name FROM tenant", row -> row.getString(1)));
  }

  private void alter(String sql) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve(EmbeddedDatabase.FILE_NAME);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
