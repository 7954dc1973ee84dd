package dev.siltstone.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on one collection, beside a running node. */
class OperationCommandsTest {
  @TempDir private Path folder;

  @Test
  void rollbackSaysWhatItGivesUpAndReceiptsKnowIt() throws Exception {
    try (CommandFixture stones = twoSnapshots()) {
      assertThat(stones.run("rollback", "stones", "--to", "1", "--json")).isZero();
      JsonNode answer = json(stones);
      assertThat(answer.get("rolled_back_to").asInt()).isEqualTo(1);
      assertThat(answer.get("sequence").asInt()).isEqualTo(3);
      assertThat(answer.get("given_up").get(0).get("sequence").asInt()).isEqualTo(2);
      int before = answer.get("given_up_readable_as_of").asInt();

      assertThat(stones.run("receipt", "stones", "2", "--json")).isZero();
      assertThat(json(stones).get("state").asText()).isEqualTo("folded, and rolled back");
      assertThat(json(stones).get("readable_as_of").asInt()).isEqualTo(before);
      assertThat(stones.run("receipt", "stones", "3")).isZero();
      assertThat(stones.out()).contains("rollback, folded");
    }
  }

  @Test
  void rollbackToWhatIsNotRetainedFailsInOneLine() throws Exception {
    try (CommandFixture stones = twoSnapshots()) {
      assertThat(stones.run("rollback", "stones", "--to", "99")).isEqualTo(1);
      assertThat(stones.err()).contains("Snapshot [99]", "is not retained");
      assertThat(stones.run("rollback", "stones")).isEqualTo(2);
    }
  }

  @Test
  void receiptOfAWriteThatIsNotThereExitsWithOne() throws Exception {
    try (CommandFixture stones = twoSnapshots()) {
      assertThat(stones.run("receipt", "stones", "7")).isEqualTo(1);
      assertThat(stones.out()).contains("unknown", "has not been handed out; the last is 2");
    }
  }

  @Test
  void compactFoldsAndStatsShowItsRun() throws Exception {
    try (CommandFixture stones = CommandFixture.withCollection(folder, "stones")) {
      stones.add("a", "one");
      assertThat(stones.run("stats", "stones", "--json")).isZero();
      assertThat(json(stones).get("backlog").asInt()).isEqualTo(1);
      assertThat(stones.run("compact", "stones")).isZero();
      assertThat(stones.out()).contains("DRAINED");
      assertThat(stones.run("stats", "stones", "--json")).isZero();
      JsonNode stats = json(stones);
      assertThat(stats.get("backlog").asInt()).isZero();
      assertThat(stats.get("records").asInt()).isEqualTo(1);
      assertThat(stats.get("lock").asText()).isEqualTo("free");
      assertThat(stats.get("runs").get(0).get("outcome").asText()).isEqualTo("DRAINED");
      assertThat(stats.get("segments")).hasSize(1);
      assertThat(stones.run("stats", "stones")).isZero();
      assertThat(stones.out()).contains("OUTCOME", "backlog", "lock");
    }
  }

  @Test
  void verifyProvesEverySnapshotAndNamesADamagedFile() throws Exception {
    try (CommandFixture stones = twoSnapshots()) {
      assertThat(stones.run("verify", "stones", "--all")).isZero();
      assertThat(stones.out()).contains("no differences");
      for (Path rows : stored("rows.blk")) {
        byte[] bytes = Files.readAllBytes(rows);
        bytes[bytes.length / 2] ^= 1;
        Files.write(rows, bytes);
      }
      assertThat(stones.run("verify", "stones", "--all", "--json")).isEqualTo(1);
      assertThat(json(stones).get("sound").asBoolean()).isFalse();
      assertThat(json(stones).get("differences").get(0).get("where").asText()).endsWith("rows.blk");
    }
  }

  @Test
  void verifyMeasuresRecallWithASeedThatItPrints() throws Exception {
    try (CommandFixture stones = twoSnapshots()) {
      assertThat(stones.run("verify", "stones", "--recall", "--seed", "5", "--json")).isZero();
      JsonNode recall = json(stones).get("recall").get(0);
      assertThat(recall.get("seed").asInt()).isEqualTo(5);
      assertThat(recall.get("peer").asText()).isEqualTo("hnswlib-core");
      assertThat(recall.get("found").asDouble()).isEqualTo(1);
      assertThat(recall.get("agreement").asDouble()).isEqualTo(1);
      assertThat(stones.run("verify", "stones", "--recall")).isZero();
      assertThat(stones.out()).contains("AGREEMENT", "hnswlib-core");
      assertThat(stones.run("verify", "stones")).isZero();
      assertThat(stones.out()).doesNotContain("AGREEMENT");
    }
  }

  @Test
  void quarantineListsNothingAndRefusesToRetryNothing() throws Exception {
    try (CommandFixture stones = twoSnapshots()) {
      assertThat(stones.run("quarantine", "list", "stones")).isZero();
      assertThat(stones.out()).contains("no quarantined");
      assertThat(stones.run("quarantine", "retry", "stones", "1")).isEqualTo(1);
      assertThat(stones.err()).contains("nothing was set aside at place 1");
      assertThat(stones.run("quarantine", "retry", "stones", "1", "--repaired", "nowhere"))
          .isEqualTo(1);
      assertThat(stones.err()).contains("cannot read nowhere");
    }
  }

  private CommandFixture twoSnapshots() throws IOException {
    CommandFixture stones = CommandFixture.withCollection(folder, "stones");
    stones.add("a", "one");
    stones.compact();
    stones.add("b", "three");
    stones.compact();
    return stones;
  }

  private List<Path> stored(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.endsWith(name)).toList();
    }
  }

  private static JsonNode json(CommandFixture stones) throws IOException {
    return new ObjectMapper().readTree(stones.out());
  }
}
