package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An npm project of the test resources, installed under {@code target} by its lock file. */
final class NodeProject {
  private static final long INSTALL_SECONDS = 120;
  private static final long RUN_SECONDS = 120;

  private final Path folder;

  private NodeProject(Path folder) {
    this.folder = folder;
  }

  /** Installs it; skips the calling test, with the reason, where npm or its registry is missing. */
  static NodeProject install(String name, List<String> files) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", name).toAbsolutePath());
    for (String file : files) {
      copy(name + "/" + file, folder.resolve(file));
    }
    Output npm =
        run(
            folder,
            INSTALL_SECONDS,
            List.of("npm", "ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"));
    if (npm.status != 0) {
      abort("npm ci does not work here: " + npm.text.strip());
    }
    return new NodeProject(folder);
  }

  /** Runs a script, which must succeed; returns what it printed. */
  String run(String script, String... arguments) throws Exception {
    Output output = run(folder, RUN_SECONDS, concat(List.of("node", script), List.of(arguments)));
    assertThat(output.status).as(output.text).isZero();
    return output.text;
  }

  private record Output(int status, String text) {}

  private static Output run(Path folder, long seconds, List<String> command) throws Exception {
    Path log = folder.resolve("output.txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      return new Output(-1, e.toString());
    }
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Output(-1, "not done in %d s: %s".formatted(seconds, Files.readString(log)));
    }
    return new Output(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
  }

  private static void copy(String resource, Path target) throws IOException {
    try (InputStream in = NodeProject.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no test resource " + resource);
      }
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
