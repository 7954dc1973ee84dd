package dev.siltstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCommandTest {
  @TempDir Path folder;

  @Test
  void asksForEverythingAndEnds() {
    assertThat(Siltstone.commandLine().execute("train", folder.resolve("data").toString()))
        .isZero();
  }

  @Test
  void isNotShownToUsers() {
    assertThat(Siltstone.commandLine().getUsageMessage()).contains("serve").doesNotContain("train");
  }
}
