package dev.siltstone.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsCommandTest {
  @TempDir private Path folder;

  @Test
  void listsTheCurrentAndTheRetainedBesideARunningNode() throws Exception {
    try (CommandFixture stones = CommandFixture.withCollection(folder, "stones")) {
      stones.add("a", "one");
      stones.compact();
      stones.add("b", "three");
      stones.compact();
      assertThat(stones.run("snapshots", "stones")).isZero();
      assertThat(stones.out())
          .contains("GENERATION  STATE", "current", "retained", "RETIRED AT", "stones");
      assertThat(stones.run("snapshots", "stones", "--json")).isZero();
      JsonNode snapshots = new ObjectMapper().readTree(stones.out()).get("snapshots");
      assertThat(snapshots.findValuesAsText("state")).startsWith("current", "retained");
      assertThat(snapshots.findValuesAsText("records")).startsWith("2").endsWith("1");
      assertThat(snapshots.get(0).get("bytes").longValue()).isPositive();
    }
  }

  @Test
  void findsACollectionByItsIdToo() throws Exception {
    try (CommandFixture stones = CommandFixture.withCollection(folder, "stones")) {
      assertThat(stones.run("snapshots", stones.collection().toString())).isZero();
      assertThat(stones.out()).contains("no snapshots");
    }
  }

  @Test
  void saysWhichCollectionsThereAre() throws Exception {
    try (CommandFixture stones = CommandFixture.withCollection(folder, "stones")) {
      assertThat(stones.run("snapshots", "pebbles")).isEqualTo(1);
      assertThat(stones.err())
          .contains("there is no collection pebbles in database default_database", "is stones");
    }
  }

  @Test
  void createsNothingInAFolderWithoutData() throws Exception {
    try (CommandFixture stones = CommandFixture.withCollection(folder.resolve("one"), "stones")) {
      Path other = folder.resolve("other");
      assertThat(stones.runOn(other, "snapshots", "stones")).isEqualTo(1);
      assertThat(stones.err()).contains(other + " holds no Siltstone data", "--data");
      assertThat(Files.exists(other)).isFalse();
    }
  }
}
