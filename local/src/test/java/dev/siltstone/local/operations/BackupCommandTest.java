package dev.siltstone.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code siltstone backup} and {@code siltstone restore} beside an open node. */
class BackupCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private CommandFixture store;
  private Path backup;
  private Path elsewhere;

  @BeforeEach
  void fill() throws IOException {
    store = CommandFixture.withCollection(folder.resolve("data"), "stones");
    store.add("a", "granite");
    store.add("b", "basalt");
    store.compact();
    store.add("c", "slate");
    backup = folder.resolve("backups").resolve("monday");
    elsewhere = folder.resolve("elsewhere");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aBackupIsAStoreAndIsRestoredIntoAnother() throws IOException {
    JsonNode made = json("backup", backup.toString()).get("collections").get(0);
    assertThat(made.get("id").textValue()).isEqualTo(store.collection().toString());
    assertThat(made.get("last_write").longValue()).isEqualTo(3);
    assertThat(made.get("unfolded").longValue()).isEqualTo(1);
    assertThat(made.get("sound").booleanValue()).isTrue();
    assertThat(store.runOn(backup, "verify", "stones", "--all")).isZero();
    assertThat(store.runOn(backup, "doctor")).isZero();

    assertThat(store.runOn(elsewhere, "restore", backup.toString())).isZero();

    assertThat(store.runOn(elsewhere, "compact", "stones")).isZero();
    assertThat(store.runOn(elsewhere, "verify", "stones", "--json")).isZero();
    assertThat(JSON.readTree(store.out()).get("snapshots").get(0).get("records").intValue())
        .isEqualTo(3);
    assertThat(folder.resolve("backups")).isDirectoryContaining(path -> path.equals(backup));
    assertThat(Files.exists(unfinished())).isFalse();
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
    Files.createDirectories(backup);
    Files.writeString(backup.resolve("mine"), "mine");

    assertThat(store.run("backup", backup.toString())).isEqualTo(1);

    assertThat(store.err()).contains("is not empty");
    assertThat(backup).isDirectoryContaining("glob:**mine");
    assertThat(Files.exists(unfinished())).isFalse();
  }

  @Test
  void whatAKilledBackupLeftIsTakenOver() throws IOException {
    assertThat(store.run("backup", unfinished().toString())).isZero();
    store.add("d", "shale");

    JsonNode made = json("backup", backup.toString()).get("collections").get(0);

    assertThat(made.get("last_write").longValue()).isEqualTo(4);
    assertThat(made.get("id").textValue()).isEqualTo(store.collection().toString());
    assertThat(made.get("found").longValue()).isPositive();
    assertThat(Files.exists(unfinished())).isFalse();
    assertThat(store.runOn(elsewhere, "restore", backup.toString())).isZero();
  }

  @Test
  void filesOfThePreviousBackupAreLinkedAndItCanBeDeletedAfterwards() throws IOException {
    assertThat(store.run("backup", backup.toString())).isZero();
    store.add("d", "shale");
    Path tuesday = backup.resolveSibling("tuesday");

    JsonNode made =
        json("backup", tuesday.toString(), "--previous", backup.toString())
            .get("collections")
            .get(0);

    assertThat(made.get("found").longValue()).isPositive();
    assertThat(made.get("fetched").longValue()).isPositive();
    delete(backup);
    assertThat(store.runOn(tuesday, "verify", "stones")).isZero();
  }

  @Test
  void aRestoreOverWhatExistsChangesNothingAndMissingGoesAround() {
    assertThat(store.run("backup", backup.toString())).isZero();
    store.add("d", "shale");

    assertThat(store.run("restore", backup.toString())).isEqualTo(1);
    assertThat(store.err()).contains("a collection is already there: stones");
    assertThat(store.run("restore", backup.toString(), "--missing")).isZero();

    store.compact();
    assertThat(store.node().snapshot(store.collection()).orElseThrow().liveRecords()).isEqualTo(4);
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(store.run("backup", backup.toString(), "pebbles")).isEqualTo(1);
    assertThat(store.err()).contains("there is no collection pebbles").contains("stones");
    assertThat(Files.exists(backup)).isFalse();

    String nothing = folder.resolve("nothing").toString();
    assertThat(store.run("restore", nothing)).isEqualTo(1);
    assertThat(store.err()).contains("holds no Siltstone data");
    assertThat(store.run("backup", backup.toString(), "--previous", nothing)).isEqualTo(1);
    assertThat(store.err()).contains("holds no Siltstone data");

    assertThat(store.run("backup", backup.toString(), "--table", "t")).isEqualTo(1);
    assertThat(store.err()).contains("give both --table and --bucket");
  }

  private Path unfinished() {
    return backup.resolveSibling("monday.unfinished");
  }

  private JsonNode json(String... arguments) throws IOException {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    assertThat(store.run(all)).as(store.err()).isZero();
    return JSON.readTree(store.out());
  }

  private static void delete(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
