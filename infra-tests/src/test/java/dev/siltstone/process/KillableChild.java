package dev.siltstone.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.identity.CollectionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PipelineProcess} that is killed and started again; what it prints goes to a file, which
 * outlives it.
 */
final class KillableChild {
  /** That it is ready, and what it tries. */
  private static final int LINES_BEFORE_A_RESULT = 2;

  private final String role;
  private final CollectionId collection;
  private final Path own;
  private final Path output;
  private final List<String> names;
  private @Nullable Process process;
  private long writtenBefore;

  KillableChild(String role, CollectionId collection, Path own, List<String> names) {
    this.role = role;
    this.collection = collection;
    this.own = own;
    this.output = own.resolveSibling(own.getFileName() + ".out");
    this.names = names;
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            PipelineProcess.class.getName(),
            role,
            collection.toString(),
            own.toString(),
            Long.toString(nextVersion())));
    command.addAll(names);
    writtenBefore = Files.exists(output) ? Files.size(output) : 0;
    process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /** Returns when it has said that it works. */
  void awaitReady() throws IOException, InterruptedException {
    while (lines("ready").isEmpty()) {
      if (process == null || !process.isAlive()) {
        throw new AssertionError(own.getFileName() + " did not start");
      }
      Thread.sleep(20);
    }
  }

  /**
   * Whether it has finished something since it was started: a producer says what it tries and then
   * what came of it. Killed before that again and again, it would never get anywhere.
   */
  boolean hasWorked() throws IOException {
    byte[] written = Files.readAllBytes(output);
    int lines = 0;
    for (int i = (int) writtenBefore; i < written.length; i++) {
      lines += written[i] == '\n' ? 1 : 0;
    }
    return lines > LINES_BEFORE_A_RESULT;
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() {
    if (process == null) {
      return;
    }
    if (!process.isAlive()) {
      throw new AssertionError(own.getFileName() + " had ended with " + process.exitValue());
    }
    process.toHandle().destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    process = null;
  }

  /** Whole lines that begin with this word. */
  List<String> lines(String word) throws IOException {
    if (!Files.exists(output)) {
      return List.of();
    }
    String text = Files.readString(output, UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.matches(word + "( \\S+ \\d+)?"))
        .toList();
  }

  private long nextVersion() throws IOException {
    return 1
        + lines("try").stream()
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .max()
            .orElse(0);
  }
}
