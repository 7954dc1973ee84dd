package dev.siltstone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Collection;
import dev.siltstone.contract.Fresh;
import dev.siltstone.contract.HandClock;
import dev.siltstone.gc.Actors;
import dev.siltstone.gc.Checks;
import dev.siltstone.gc.Crash;
import dev.siltstone.gc.Services;
import dev.siltstone.gc.Tripwire;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.backup.StoreCopy;
import dev.siltstone.snapshot.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of a copy dies at each call that changes something in either store, in turn. */
class CopyCrashTest {
  private static final List<String> RECORDS = List.of("a", "b", "tail");

  @TempDir private Path folder;
  private final HandClock clock = new HandClock();
  private Services from;
  private Actors here;
  private Collection original;

  @BeforeEach
  void fill() {
    from = Services.embedded(folder.resolve("from"), clock);
    here = Stores.actors(from, folder.resolve("here"), clock);
    CollectionId id = here.createCollection("stones");
    original = from.catalog().collection(id).orElseThrow();
    for (String record : List.of("a", "b")) {
      var _ = here.write(id, record);
      here.compact(id);
    }
    from.log().reserve(id, Fresh.deltaId(), null);
    var _ = here.write(id, "tail");
  }

  @AfterEach
  void close() {
    here.close();
    from.close();
  }

  @Test
  void nobodySeesAnythingOfItAndTheNextAttemptCompletes() {
    int calls = wholeCopy();
    assertThat(calls).isGreaterThan(8);
    for (int fatal = 1; fatal <= calls; fatal++) {
      try (Services to = Services.embedded(folder.resolve("to-" + fatal), clock)) {
        String where = crash(to, fatal);
        Collection copied = copy(from, to).copy(original).collection();
        assertThat(copied).as(where).isEqualTo(original);
        assertWhole(to, copied.id(), "to-" + fatal, RECORDS);
      }
    }
    Checks.wholeAndReadable(from, here, original.id(), RECORDS);
  }

  @Test
  void theNextAttemptCompletesWhateverWasWrittenMeanwhile() {
    int calls = wholeCopy();
    List<String> records = new ArrayList<>(RECORDS);
    for (int fatal = 2; fatal <= calls; fatal++) {
      try (Services to = Services.embedded(folder.resolve("moved-" + fatal), clock)) {
        String where = crash(to, fatal);
        var _ = here.write(original.id(), "later-" + fatal);
        records.add("later-" + fatal);
        here.compact(original.id());
        var copied = copy(from, to).copy(original);
        assertThat(copied.verification().isSound()).as(where).isTrue();
        assertWhole(to, copied.collection().id(), "moved-" + fatal, records);
      }
    }
  }

  /** How many calls a copy makes that nothing befalls. */
  private int wholeCopy() {
    Tripwire wire = Tripwire.counting();
    try (Services to = Services.embedded(folder.resolve("whole"), clock)) {
      copy(from, to.over(wire)).copy(original);
    }
    assertThat(wire.calls().getLast()).isEqualTo("Catalog.restoreCollection");
    return wire.calls().size();
  }

  private String crash(Services to, int fatal) {
    Manifest before = here.snapshots().current(original.id()).orElseThrow().manifest();
    Tripwire wire = new Tripwire(fatal);
    try {
      copy(from, to.over(wire)).copy(original);
    } catch (Crash _) {
      // As planned.
    }
    String where = fatal + " at " + wire.calls().getLast();
    assertThat(to.catalog().collectionsAfter(null, 10)).as(where).isEmpty();
    assertThat(to.log().read(original.id())).as(where).isEmpty();
    assertThat(to.log().backlogAfter(null, 10)).as(where).isEmpty();
    assertThat(here.snapshots().current(original.id()).orElseThrow().manifest())
        .as(where)
        .isEqualTo(before);
    return where;
  }

  private void assertWhole(Services to, CollectionId id, String name, List<String> records) {
    try (Actors there = Stores.actors(to, folder.resolve(name + "-scratch"), clock)) {
      Checks.wholeAndReadable(to, there, id, records);
      there.compact(id);
      Checks.wholeAndReadable(to, there, id, records);
    }
  }

  private StoreCopy copy(Services source, Services target) {
    return Stores.copy(source, target, folder.resolve("scratch"), clock);
  }
}
