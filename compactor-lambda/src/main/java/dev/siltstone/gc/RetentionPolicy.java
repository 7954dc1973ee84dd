package dev.siltstone.gc;

import dev.siltstone.identity.Sequence;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Pin;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.RetiredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which older snapshots stay readable: the newest {@code keepLast}, and any others that are younger
 * than {@code keepYoungerThan}, {@value #MAX_RETAINED} at most. A snapshot with the same records as
 * a newer one (that folds no more of the log: the newer one only merged segments) does not stay.
 *
 * <p>Applied by every publish. What leaves is written down as retired at that moment, for ever;
 * readers that still use it have a grace from then on.
 */
public record RetentionPolicy(int keepLast, Duration keepYoungerThan) {
  /** Ten older snapshots, of any age. */
  public static final RetentionPolicy DEFAULT = new RetentionPolicy(10, Duration.ZERO);

  /** More would make manifests long. */
  public static final int MAX_RETAINED = 256;

  public RetentionPolicy {
    if (keepLast < 0 || keepLast > MAX_RETAINED || keepYoungerThan.isNegative()) {
      throw new IllegalArgumentException(
          "to retain %d snapshots (0 to %d) and those younger than %s"
              .formatted(keepLast, MAX_RETAINED, keepYoungerThan));
    }
  }

  /** What the next manifest says of older snapshots. */
  public record Outcome(List<RetainedSnapshot> retained, List<RetiredObject> retired) {}

  /** The policy of a deployment; the default where it sets nothing. */
  public static RetentionPolicy from(Settings settings) {
    int last =
        settings.find(SettingName.RETAINED_SNAPSHOTS).isEmpty()
            ? DEFAULT.keepLast
            : settings.number(SettingName.RETAINED_SNAPSHOTS);
    Duration younger =
        settings.find(SettingName.RETAINED_HOURS).isEmpty()
            ? DEFAULT.keepYoungerThan
            : Duration.ofHours(settings.number(SettingName.RETAINED_HOURS));
    return new RetentionPolicy(last, younger);
  }

  /**
   * Which snapshots stay and which leave when a version is published.
   *
   * @param parent what it replaces; null if it is the first
   * @param folded the last place that it folds
   * @param pins snapshots that stay for a rollback, whatever the policy says
   * @param at the moment of the publish
   */
  public Outcome apply(@Nullable Manifest parent, Sequence folded, List<Pin> pins, Instant at) {
    if (parent == null) {
      return new Outcome(List.of(), List.of());
    }
    List<RetainedSnapshot> retained = new ArrayList<>();
    List<RetiredObject> retired = new ArrayList<>(parent.retired());
    Sequence newer = folded;
    for (RetainedSnapshot older : olderThanNext(parent)) {
      boolean differs = !older.folded().equals(newer);
      if (isPinned(older, pins) || (differs && stays(older, retained.size(), at))) {
        retained.add(older);
        newer = older.folded();
      } else {
        retired.add(new RetiredObject(older.manifest(), at));
      }
    }
    return new Outcome(List.copyOf(retained), List.copyOf(retired));
  }

  private boolean stays(RetainedSnapshot older, int newerOnes, Instant at) {
    return newerOnes < MAX_RETAINED
        && (newerOnes < keepLast || older.createdAt().isAfter(at.minus(keepYoungerThan)));
  }

  private static boolean isPinned(RetainedSnapshot older, List<Pin> pins) {
    return pins.stream().anyMatch(pin -> pin.generation().equals(older.generation()));
  }

  /** The parent and what it retained, newest first. */
  private static List<RetainedSnapshot> olderThanNext(Manifest parent) {
    List<RetainedSnapshot> older = new ArrayList<>();
    older.add(parent.asRetained());
    older.addAll(parent.retained());
    return older;
  }
}
