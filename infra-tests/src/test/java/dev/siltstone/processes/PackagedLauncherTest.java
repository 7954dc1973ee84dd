package dev.siltstone.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code ./siltstone} runs, as it was packaged. The AWS SDK is in it for the commands on a
 * deployed stack alone; a local store needs no network.
 */
class PackagedLauncherTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path LIBRARIES = PROJECT.resolve("local/target/lib");
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void carriesNothingThatOnlyFunctionsNeed() throws Exception {
    assumeTrue(Files.isDirectory(LIBRARIES), "not packaged yet: mvnw package comes first");
    try (Stream<Path> jars = Files.list(LIBRARIES)) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .anyMatch(name -> name.startsWith("shared-core"))
          .noneMatch(name -> name.startsWith("aws-lambda") || name.startsWith("powertools"));
    }
  }

  @Test
  void startsAServerWithoutTheLibrariesOfCommandsAlone() throws Exception {
    assumeTrue(Files.isDirectory(LIBRARIES), "not packaged yet: mvnw package comes first");
    String server = classPath("serve");
    String commands = classPath("stats");
    assertThat(server).contains("sqlite-jdbc").doesNotContain("sdk-core", "hnswlib-core");
    assertThat(commands)
        .as("the ahead-of-time cache fits a class path that begins with the server's")
        .startsWith(server + ":")
        .contains("sdk-core", "hnswlib-core");
  }

  @Test
  void showsTheDemoWithoutAnyNetwork() throws Exception {
    assumeTrue(Files.isDirectory(LIBRARIES), "not packaged yet: mvnw package comes first");
    assumeTrue(
        run(List.of("unshare", "--net", "true")) == 0,
        "this user may not take a process off the network (unshare --net)");
    Path text = Files.writeString(folder.resolve("river.md"), "# River\n\nSilt settles slowly.\n");
    int status =
        run(
            List.of(
                "unshare",
                "--net",
                PROJECT.resolve("siltstone").toString(),
                "demo",
                text.toString(),
                "--data",
                folder.resolve("data").toString(),
                "-q",
                "What settles?"));
    String output = Files.readString(folder.resolve("output"));
    assertThat(status).as(output).isZero();
    assertThat(output).contains("Silt settles slowly.", "generation 1: 1 record in 1 segment");
  }

  private String classPath(String command) throws Exception {
    assertThat(run(List.of(PROJECT.resolve("bin/class-path").toString(), command))).isZero();
    return Files.readString(folder.resolve("output")).strip();
  }

  /** Without a single variable of AWS, and with its output in a file. */
  private int run(List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return -1; // There is no such command here.
    }
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return process.exitValue();
  }
}
