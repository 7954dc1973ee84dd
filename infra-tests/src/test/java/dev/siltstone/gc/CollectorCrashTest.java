package dev.siltstone.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.contract.HandClock;
import dev.siltstone.gc.GcReport.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.time.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector's process dies at each call that changes something, in turn. */
class CollectorCrashTest {
  private static final RetentionPolicy KEEP_ONE = new RetentionPolicy(1, Duration.ZERO);
  private static final List<String> RECORDS = List.of("a", "b", "c", "late");

  @TempDir private Path folder;
  private final HandClock clock = new HandClock();
  private CollectionId collection;

  @BeforeEach
  void fill() {
    try (Services services = Services.embedded(folder.resolve("template"), clock);
        Actors actors = actors(services, "template-scratch")) {
      collection = actors.createCollection("stones");
      for (String id : List.of("a", "b", "c")) {
        var _ = actors.write(collection, id);
        clock.sleep(Duration.ofSeconds(1));
        actors.compact(collection);
      }
      var orphan = actors.encoded(collection, new DeltaId(actors.ids().next()), "orphan");
      services
          .store()
          .putIfAbsent(ObjectLayout.delta(collection, orphan.id()), ObjectBody.of(orphan.bytes()));
      services.log().reserve(collection, new DeltaId(actors.ids().next()), null);
      clock.sleep(Duration.ofHours(2));
      var _ = actors.write(collection, "late");
    }
  }

  @Test
  void whateverIsLeftIsReadableAndTheNextRunCompletes() {
    int calls = wholeRun();
    assertThat(calls).isGreaterThan(20);
    for (int fatal = 1; fatal <= calls; fatal++) {
      crashAt(fatal);
    }
  }

  /** How many calls a run makes that nothing befalls. */
  private int wholeRun() {
    Tripwire wire = Tripwire.counting();
    try (Services services = Services.embedded(copy("whole"), clock);
        Actors collecting = actors(services.over(wire), "whole-scratch")) {
      GcReport report = collect(collecting);
      assertThat(report.outcome()).isEqualTo(Outcome.COLLECTED);
      assertThat(report.deleted())
          .containsKeys(Cause.RETIRED, Cause.FOLDED_DELTA, Cause.ORPHANED_DELTA);
    }
    return wire.calls().size();
  }

  private void crashAt(int fatal) {
    Tripwire wire = new Tripwire(fatal);
    String name = "crash-" + fatal;
    try (Services services = Services.embedded(copy(name), clock)) {
      try (Actors dying = actors(services.over(wire), name + "-dying")) {
        collect(dying);
      } catch (Crash _) {
        // As planned.
      }
      try (Actors next = actors(services, name + "-next")) {
        String where = name + " at " + wire.calls().getLast();
        assertThat(where)
            .satisfies(_ -> Checks.wholeAndReadable(services, next, collection, RECORDS));
        clock.sleep(Duration.ofMinutes(1));
        assertThat(collect(next).outcome())
            .as(where)
            .isIn(Outcome.COLLECTED, Outcome.NOTHING_TO_DO);
        Checks.wholeAndReadable(services, next, collection, RECORDS);
        assertThat(collect(next).outcome()).as(where).isEqualTo(Outcome.NOTHING_TO_DO);
      }
    }
  }

  private GcReport collect(Actors actors) {
    return actors
        .collector()
        .collect(collection, CollectionMode.COLLECT, Deadline.in(clock, Duration.ofMinutes(5)));
  }

  private Actors actors(Services services, String scratch) {
    return new Actors(services, folder.resolve(scratch), clock, KEEP_ONE, scratch.hashCode());
  }

  private Path copy(String name) {
    Path from = folder.resolve("template");
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
