package dev.siltstone.cdk.props;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeOptionsTest {
  @Test
  void theReadmesTableIsTheListOfOptions() throws IOException {
    String table =
        Arrays.stream(StackOption.values())
            .map(ReadmeOptionsTest::row)
            .collect(
                Collectors.joining(
                    "\n", "| option | default | what it does |\n|---|---|---|\n", "\n"));
    assertThat(Files.readString(Path.of("..", "README.md")))
        .as("put this table into the README")
        .contains(table);
  }

  private static String row(StackOption option) {
    String standard = option.standard().isEmpty() ? "" : "`" + option.standard() + "`";
    return "| `%s` | %s | %s |".formatted(option.key(), standard, option.meaning());
  }
}
