package dev.siltstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCommandTest {
  @TempDir Path folder;

  @Test
  void asksForEverythingAndEnds() {
    String data = folder.resolve("data").toString();
    assertThat(Siltstone.commandLine().execute("train", "--prepare", data)).isZero();
    assertThat(Siltstone.commandLine().execute("train", data)).isZero();
  }

  @Test
  void needsAPreparedFolder() {
    String data = folder.resolve("data").toString();
    assertThat(Siltstone.commandLine().execute("train", data)).isNotZero();
  }

  @Test
  void isNotShownToUsers() {
    assertThat(Siltstone.commandLine().getUsageMessage()).contains("serve").doesNotContain("train");
  }
}
