package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A folder under {@code target} with files of the test resources, in which commands run. */
final class ProjectFolder {
  private final Path path;

  private ProjectFolder(Path path) {
    this.path = path;
  }

  /** The folder of this name, with the resources of the same name copied into it. */
  static ProjectFolder of(String name, List<String> files) throws IOException {
    Path path = Files.createDirectories(Path.of("target", name).toAbsolutePath());
    for (String file : files) {
      copy(name + "/" + file, path.resolve(file));
    }
    return new ProjectFolder(path);
  }

  Path path() {
    return path;
  }

  /**
   * How a command ended.
   *
   * @param status -1 if it could not be started or took too long
   * @param text what it printed, errors among it
   */
  record Output(int status, String text) {
    /** What it printed; it must have succeeded. */
    String expected() {
      assertThat(status).as(text).isZero();
      return text;
    }
  }

  Output run(long seconds, List<String> command) throws IOException, InterruptedException {
    return run(seconds, Map.of(), command);
  }

  Output run(long seconds, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(path, "output-", ".txt");
    try {
      return run(seconds, environment, command, log);
    } finally {
      Files.delete(log);
    }
  }

  private Output run(long seconds, Map<String, String> environment, List<String> command, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(path.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
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
    try (InputStream in = ProjectFolder.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no test resource " + resource);
      }
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
