package dev.siltstone.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long ago this process was launched. Linux tells it to 10 ms by two counts from the machine's
 * boot. {@link ProcessHandle} adds one of them to the time of the boot in whole seconds, and so may
 * be wrong by almost a second.
 */
final class ProcessAge {
  /** The unit of {@code /proc/self/stat}, the same on all Linux systems of our time. */
  private static final double TICKS_PER_SECOND = 100;

  /** The place of {@code starttime} behind the command's name, which ends with a bracket. */
  private static final int START_FIELD = 19;

  private ProcessAge() {}

  static Duration now() {
    return byTicks(Path.of("/proc/self/stat"), Path.of("/proc/uptime"))
        .orElseGet(() ->
            Duration.between(
                ProcessHandle.current().info().startInstant().orElseGet(Instant::now),
                Instant.now()));
  }

  static Optional<Duration> byTicks(Path stat, Path uptime) {
    try {
      String text = Files.readString(stat);
      String[] fields = text.substring(text.lastIndexOf(") ") + 2).split(" ");
      double started = Long.parseLong(fields[START_FIELD]) / TICKS_PER_SECOND;
      String sinceBoot = Files.readString(uptime);
      double now = Double.parseDouble(sinceBoot.substring(0, sinceBoot.indexOf(' ')));
      return Optional.of(Duration.ofMillis(Math.round((now - started) * 1000)));
    } catch (IOException e) {
      return Optional.empty(); // Not Linux.
    }
  }
}
