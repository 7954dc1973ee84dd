package dev.siltstone.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.contract.Fresh;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers that are killed with SIGKILL: what they acknowledged is there, and nothing is half there.
 */
final class KilledProcessTest {
  private static final int KILLS = 3;
  private static final int LINES_BEFORE_KILL = 100;

  @TempDir Path folder;

  @Test
  void keepsEveryAcknowledgedWriteWhenWritersAreKilled() throws IOException {
    CollectionId collection = create();
    List<String> acknowledged = new ArrayList<>();
    try (ChildJvm survivor = start(collection)) {
      for (int kill = 0; kill < KILLS; kill++) {
        acknowledged.addAll(runAndKill(collection));
        // The survivor goes on: no lock has died with the other.
        acknowledged.addAll(receive(survivor, LINES_BEFORE_KILL));
      }
      acknowledged.addAll(survivor.kill());
    }

    try (EmbeddedFamily family = new EmbeddedFamily(folder)) {
      assertThat(acknowledged).hasSizeGreaterThan(2 * KILLS * LINES_BEFORE_KILL - 1);
      acknowledged.forEach(line -> assertThatIsThere(family, collection, line));
      assertThatNothingIsHalfThere(family, collection);
      try (var leftovers = Files.list(folder.resolve("tmp"))) {
        assertThat(leftovers).as("only the open store's own").hasSize(1);
      }
    }
  }

  private List<String> runAndKill(CollectionId collection) {
    try (ChildJvm victim = start(collection)) {
      List<String> lines = new ArrayList<>(receive(victim, LINES_BEFORE_KILL));
      lines.addAll(victim.kill());
      return lines;
    }
  }

  private static void assertThatIsThere(
      EmbeddedFamily family, CollectionId collection, String line) {
    String[] parts = line.split(" ", -1);
    if (parts[0].equals("counted")) {
      var counter = family.store().get(ObjectLayout.pointer(collection)).orElseThrow();
      assertThat(Integer.parseInt(new String(counter.bytes(), UTF_8)))
          .isGreaterThanOrEqualTo(Integer.parseInt(parts[1]));
      return;
    }
    DeltaId delta = DeltaId.parse(parts[0]);
    Sequence place = new Sequence(Long.parseLong(parts[1]));
    assertThat(family.store().get(ObjectLayout.delta(collection, delta)).orElseThrow().bytes())
        .isEqualTo(WritingProcess.bytesOf(delta));
    assertThat(family.log().readPlace(collection, place).orElseThrow())
        .isInstanceOfSatisfying(
            Committed.class, entry -> assertThat(entry.delta()).isEqualTo(delta));
    assertThat(family.log().read(collection).orElseThrow().head().lastReserved())
        .isGreaterThanOrEqualTo(place);
  }

  private static void assertThatNothingIsHalfThere(EmbeddedFamily family, CollectionId collection) {
    List<ListedObject> all =
        family.store().listAfter(ObjectLayout.deltaPrefix(collection), null, 1_000_000);
    for (ListedObject each : all) {
      DeltaId delta = ObjectLayout.deltaId(each.key()).orElseThrow();
      assertThat(family.store().get(each.key()).orElseThrow().bytes())
          .isEqualTo(WritingProcess.bytesOf(delta));
    }
  }

  private static List<String> receive(ChildJvm child, int lines) {
    List<String> received = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      received.add(child.receive());
    }
    return received;
  }

  private ChildJvm start(CollectionId collection) {
    ChildJvm child = ChildJvm.start(WritingProcess.class, folder.toString(), collection.toString());
    assertThat(child.receive()).isEqualTo("ready");
    return child;
  }

  private CollectionId create() {
    try (EmbeddedFamily family = new EmbeddedFamily(folder)) {
      var home = family.catalog().database(TenantName.DEFAULT, DatabaseName.DEFAULT).orElseThrow();
      CollectionId id =
          family.catalog().createCollection(Fresh.collection(home, Fresh.collectionName())).id();
      family.store().putIfAbsent(ObjectLayout.pointer(id), ObjectBody.of("0".getBytes(UTF_8)));
      return id;
    }
  }
}
