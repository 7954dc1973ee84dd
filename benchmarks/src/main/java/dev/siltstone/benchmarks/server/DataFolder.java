package dev.siltstone.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The new folder that a server keeps its data in; gone when this is closed. */
record DataFolder(Path path) implements AutoCloseable {
  static DataFolder create() throws IOException {
    return new DataFolder(Files.createTempDirectory("server-benchmark"));
  }

  /** Bytes of all files, in MB. */
  double megabytes() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).mapToLong(DataFolder::size).sum() / 1e6;
    }
  }

  /** Deletes what only older snapshots or slow readers need, beside the server. */
  void collectGarbage(List<String> launcher) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of("gc", "--retain", "0", "--reader-grace", "0", "--data", path.toString()));
    int exit =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("gc ended with exit code " + exit);
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
