package dev.siltstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.sqlite.EmbeddedDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SiltstoneTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysWhatItCanDo() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("serve", "demo", "help");
    assertThat(run("help", "serve")).isZero();
    assertThat(out.toString()).contains("--port", "8000", "--allow-reset");
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("Siltstone ", "Java ");
  }

  @Test
  void setsUpTheSameCommandAloneAsAmongAll() {
    CommandLine all = Siltstone.commandLine();
    assertThat(Siltstone.commandLine("help").getSubcommands()).hasSameSizeAs(all.getSubcommands());
    all.getSubcommands()
        .forEach((name, command) -> {
          assertThat(command.getCommandName()).isEqualTo(name);
          assertThat(alone(name).getUsageMessage()).isEqualTo(command.getUsageMessage());
        });
    assertThat(Siltstone.commandLine("serve").getSubcommands()).containsOnlyKeys("serve");
  }

  @Test
  void saysWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(serve("--port", port)).isEqualTo(1);
      assertThat(err.toString()).contains("cannot listen on 127.0.0.1 port " + port, "try --port");
    }
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void saysWhenTheDataFolderIsAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(run("serve", "--port", "0", "--data", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("siltstone serve: ", file.toString());
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void saysWhenTheDataIsOfANewerVersion() throws Exception {
    EmbeddedDatabase.open(folder).close();
    try (Connection database =
            DriverManager.getConnection(
                "jdbc:sqlite:" + folder.resolve(EmbeddedDatabase.FILE_NAME));
        Statement statement = database.createStatement()) {
      statement.execute("PRAGMA user_version = 1000");
    }
    assertThat(serve("--port", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("siltstone serve: ", "1000");
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void saysWhichTextIsMissing() {
    String missing = folder.resolve("nowhere").toString();
    assertThat(run("demo", "--data", folder.toString(), missing)).isEqualTo(1);
    assertThat(err.toString()).contains("there is no " + missing);
  }

  private static CommandLine alone(String name) {
    return Objects.requireNonNull(Siltstone.commandLine(name).getSubcommands().get(name));
  }

  private int serve(String option, String value) {
    return run("serve", option, value, "--data", folder.toString());
  }

  private int run(String... arguments) {
    CommandLine command = Siltstone.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
