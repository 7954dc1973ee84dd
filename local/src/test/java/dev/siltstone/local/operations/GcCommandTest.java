package dev.siltstone.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcCommandTest {
  @TempDir private Path folder;

  @Test
  void saysWhatWouldGoThenDeletesItBesideARunningNode() throws Exception {
    try (CommandFixture stones = CommandFixture.withCollection(folder, "stones")) {
      stones.add("a", "one");
      stones.compact();
      leaveAnOrphan(stones);
      assertThat(stones.run("gc", "stones", "--dry-run")).isZero();
      assertThat(stones.out()).contains("WOULD_COLLECT", "ORPHANED_FILE", "BECAUSE", "CURRENT");
      assertThat(stones.run("gc", "--json")).isZero();
      JsonNode json = new ObjectMapper().readTree(stones.out());
      assertThat(json.get("collections").get(0).get("outcome").textValue()).isEqualTo("COLLECTED");
      assertThat(json.get("garbage").get(0).get("objects").intValue()).isEqualTo(1);
      assertThat(stones.run("gc", "stones")).isZero();
      assertThat(stones.out()).contains("NOTHING_TO_DO", "no garbage");
      assertThat(stones.node().snapshot(stones.collection()).orElseThrow().liveRecords())
          .isEqualTo(1);
    }
  }

  @Test
  void givesUpOlderSnapshotsAtOnceWhenAsked() throws Exception {
    try (CommandFixture stones = CommandFixture.withCollection(folder, "stones")) {
      for (String id : List.of("a", "b", "c")) {
        stones.add(id, "text of " + id);
        stones.compact();
      }
      assertThat(current(stones).retained()).hasSize(2);
      assertThat(stones.run("gc", "stones", "--reader-grace", "0")).isZero();
      assertThat(current(stones).retained()).hasSize(2);
      assertThat(stones.run("gc", "stones", "--retain", "1", "--reader-grace", "0")).isZero();
      assertThat(current(stones).retained()).hasSize(1);
      assertThat(stones.run("gc", "stones", "--retain", "0", "--reader-grace", "0", "--dry-run"))
          .isZero();
      assertThat(stones.out()).contains("RETIRED");
      assertThat(current(stones).retained()).hasSize(1);
      assertThat(stones.run("gc", "stones", "--retain", "0", "--reader-grace", "0")).isZero();
      Manifest current = current(stones);
      assertThat(current.retained()).isEmpty();
      assertThat(current.liveRecords()).isEqualTo(3);
      assertThat(stones.node().storedObjects())
          .extracting(ListedObject::key)
          .filteredOn(key -> key.value().startsWith("snapshot/"))
          .containsExactlyInAnyOrder(current.key(), ObjectLayout.pointer(stones.collection()));
      assertThat(stones.run("verify", "stones", "--all")).isZero();
    }
  }

  @Test
  void saysWhatCannotBeKept() throws Exception {
    try (CommandFixture stones = CommandFixture.withCollection(folder, "stones")) {
      assertThat(stones.run("gc", "stones", "--retain", "-1")).isNotZero();
      assertThat(stones.err()).contains("--retain is -1; it is 0 to 256");
    }
  }

  private static Manifest current(CommandFixture stones) {
    return stones.node().snapshot(stones.collection()).orElseThrow();
  }

  private void leaveAnOrphan(CommandFixture stones) {
    try (LocalStore store = LocalStore.open(folder, Clock.system())) {
      var key =
          ObjectLayout.segmentFile(
              stones.collection(), new Epoch(1), new SegmentId(new UUID(1, 2)), "ids.idx");
      store.objects().putIfAbsent(key, ObjectBody.of(new byte[] {1}));
    }
  }
}
