package dev.siltstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessAgeTest {
  @TempDir private Path folder;

  @Test
  void readsTheTicksBehindACommandWithSpacesAndBrackets() throws Exception {
    Path stat =
        Files.writeString(
            folder.resolve("stat"),
            "77 (my (odd) name) S 1 77 77 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 12345 99 88\n");
    Path uptime = Files.writeString(folder.resolve("uptime"), "124.17 200.00\n");
    assertThat(ProcessAge.byTicks(stat, uptime)).contains(Duration.ofMillis(720));
  }

  @Test
  void hasNoTicksWhereTheSystemHasNone() {
    assertThat(ProcessAge.byTicks(folder.resolve("no"), folder.resolve("no"))).isEmpty();
    assertThat(ProcessAge.now()).isPositive();
  }
}
