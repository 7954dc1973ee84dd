package dev.siltstone.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anyone can open a delta: {@code zstd -d < x.delta > x.db && sqlite3 x.db .dump}. */
class DeltaWithStandardToolsTest {
  private static final String QUERY =
      "SELECT group_concat(kind || ' ' || id || ' ' || ifnull(metadata, '-'), '; ') FROM operation";
  private static final String ANSWER = "add a {\"n\":3}; update b {\"n\":3}; delete c -";

  @TempDir Path folder;

  @Test
  void opensAsADatabaseFileOnceZstdHasInflatedIt() throws IOException, SQLException {
    byte[] file = DeltaWriter.encode(ForgedDelta.honest()).bytes();
    Path database = folder.resolve("delta.db");
    try (InputStream inflated = new ZstdInputStream(new ByteArrayInputStream(file))) {
      Files.copy(inflated, database);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        ResultSet rows = connection.createStatement().executeQuery(QUERY)) {
      assertThat(rows.getString(1)).isEqualTo(ANSWER);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        ResultSet rows = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
      assertThat(rows.getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void opensWithTheCommandsOfTheDocumentation() throws IOException, InterruptedException {
    assumeTrue(installed("zstd") && installed("sqlite3"), "zstd and sqlite3 are not installed");
    Path file = folder.resolve("x.delta");
    Files.write(file, DeltaWriter.encode(ForgedDelta.honest()).bytes());
    assertThat(output("zstd -d < x.delta > x.db && sqlite3 x.db \"" + QUERY + "\""))
        .isEqualTo(ANSWER + "\n");
  }

  private String output(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean installed(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }
}
