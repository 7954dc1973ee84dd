package dev.siltstone.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.settings.Settings;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Pin;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.RetiredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration NONE = Duration.ZERO;
  private static final List<Pin> PINS = List.of();

  @Test
  void keepsTheNewestAndRetiresTheRestAtTheMomentOfThePublish() {
    Manifest last = publishes(new RetentionPolicy(2, NONE), 1, 2, 3, 4, 5);
    assertThat(generations(last)).containsExactly(4L, 3L);
    assertThat(last.retired())
        .extracting(RetiredObject::at)
        .containsExactly(START.plusSeconds(4), START.plusSeconds(5));
  }

  @Test
  void keepsYoungerOnesBeyondTheNumber() {
    Manifest last = publishes(new RetentionPolicy(1, Duration.ofSeconds(4)), 1, 2, 3, 4, 5, 6);
    assertThat(generations(last)).containsExactly(5L, 4L, 3L);
  }

  @Test
  void keepsOneOfSnapshotsWithTheSameRecords() {
    Manifest last = publishes(new RetentionPolicy(10, NONE), 1, 2, 2, 2, 3, 3);
    assertThat(generations(last)).containsExactly(4L, 1L);
  }

  @Test
  void keepsWhatIsPinnedHoweverOldAndThoughANewerOneHasTheSameRecords() {
    RetentionPolicy policy = new RetentionPolicy(1, NONE);
    Manifest last = publishes(policy, 1, 1, 2, 3);
    List<Pin> pins = List.of(new Pin(new Generation(2), new Sequence(99)));
    Manifest pinned = publishes(policy, 1, 1);
    for (int i = 3; i < 6; i++) {
      Instant at = START.plusSeconds(i);
      pinned = version(i, i - 2, policy.apply(pinned, new Sequence(i - 2), pins, at));
    }
    assertThat(generations(last)).containsExactly(3L);
    assertThat(generations(pinned)).containsExactly(4L, 2L);
  }

  @Test
  void canKeepNone() {
    Manifest last = publishes(new RetentionPolicy(0, NONE), 1, 2, 3);
    assertThat(last.retained()).isEmpty();
    assertThat(last.retired()).hasSize(2);
  }

  @Test
  void neverKeepsMoreThanAManifestCanHold() {
    long[] folded = new long[RetentionPolicy.MAX_RETAINED + 10];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = i + 1;
    }
    Manifest last = publishes(new RetentionPolicy(1, Duration.ofDays(1)), folded);
    assertThat(last.retained()).hasSize(RetentionPolicy.MAX_RETAINED);
  }

  @Test
  void isReadFromTheSettings() {
    assertThat(RetentionPolicy.from(new Settings(Map.of()))).isEqualTo(RetentionPolicy.DEFAULT);
    assertThat(
            RetentionPolicy.from(
                new Settings(
                    Map.of("SILTSTONE_RETAINED_SNAPSHOTS", "3", "SILTSTONE_RETAINED_HOURS", "48"))))
        .isEqualTo(new RetentionPolicy(3, Duration.ofDays(2)));
    assertThatThrownBy(() -> new RetentionPolicy(-1, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("to retain -1 snapshots (0 to 256)");
  }

  /** A publish a second, each folding up to the place given. */
  private static Manifest publishes(RetentionPolicy policy, long... folded) {
    Manifest last = version(1, folded[0], new RetentionPolicy.Outcome(List.of(), List.of()));
    for (int i = 1; i < folded.length; i++) {
      Instant at = START.plusSeconds(i + 1);
      last = version(i + 1, folded[i], policy.apply(last, new Sequence(folded[i]), PINS, at));
    }
    return last;
  }

  private static Manifest version(long generation, long folded, RetentionPolicy.Outcome older) {
    return new Manifest(
        new CollectionId(new UUID(7, 7)),
        new Generation(generation),
        new CommitId(new UUID(8, generation)),
        new Epoch(1),
        START.plusSeconds(generation),
        List.of(),
        new Sequence(folded),
        null,
        Space.L2,
        List.of(),
        ContentChecksum.EMPTY,
        0,
        List.of(),
        older.retained(),
        older.retired(),
        List.of(),
        List.of());
  }

  private static List<Long> generations(Manifest manifest) {
    return manifest.retained().stream()
        .map(RetainedSnapshot::generation)
        .map(Generation::value)
        .toList();
  }
}
