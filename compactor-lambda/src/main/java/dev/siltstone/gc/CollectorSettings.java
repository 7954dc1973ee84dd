package dev.siltstone.gc;

import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * Bounds of garbage collection. Safety depends on none of these times.
 *
 * @param lease how long the lock is taken for; it is prolonged while the run lives
 * @param readerGrace how long files stay after the last snapshot that named them was retired, and
 *     folded deltas after they were written: longer than any read takes
 * @param orphanAge deltas older than this that have no place in the log get none any more; longer
 *     than any healthy write takes
 * @param maxOrphanShare a run that finds more orphans than this share deletes nothing
 * @param fewOrphans so many orphans are always plausible
 */
public record CollectorSettings(
    Duration lease,
    Duration readerGrace,
    Duration orphanAge,
    double maxOrphanShare,
    int fewOrphans) {
  public static final CollectorSettings DEFAULT =
      new CollectorSettings(
          Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofHours(1), 0.25, 100);

  /** The bounds of a deployment; the default where it sets nothing. */
  public static CollectorSettings from(Settings settings) {
    return DEFAULT.withReaderGrace(
        settings.find(SettingName.READER_GRACE_MINUTES).isEmpty()
            ? DEFAULT.readerGrace
            : Duration.ofMinutes(settings.number(SettingName.READER_GRACE_MINUTES)));
  }

  /** These bounds with another grace for readers. */
  public CollectorSettings withReaderGrace(Duration grace) {
    return new CollectorSettings(lease, grace, orphanAge, maxOrphanShare, fewOrphans);
  }

  /** What makes a plan implausible, if anything does. */
  Optional<String> implausible(Plan plan) {
    long files = plan.count(Cause.ORPHANED_FILE);
    if (files > fewOrphans && files > maxOrphanShare * plan.listed()) {
      return Optional.of(
          "%d of %d files of segments and snapshots are named by no manifest"
              .formatted(files, plan.listed()));
    }
    long deltas = plan.count(Cause.ORPHANED_DELTA);
    if (deltas > fewOrphans && deltas > maxOrphanShare * plan.reserved()) {
      return Optional.of(
          "%d deltas have no place in the log, which has handed out only %d"
              .formatted(deltas, plan.reserved()));
    }
    return Optional.empty();
  }
}
