package dev.siltstone.simulated;

import dev.siltstone.simulation.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What one seed makes of one bug, or of none: always the same.
 *
 * @param seed decides everything
 */
record Schedule(long seed, PlantedBug bug) {
  /**
   * Runs it.
   *
   * @throws AssertionError or a RuntimeException if something happened that must not
   */
  World.Tale run() {
    return run(Simulation.withoutTrace(new Random(seed)));
  }

  /** What went wrong, if anything did. */
  Optional<String> failure() {
    try {
      run();
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(reason(e));
    }
  }

  /** Everything that happens, a line each, and how it ends. */
  String trace() {
    Simulation simulation = new Simulation(new Random(seed));
    String end;
    try {
      end = run(simulation).toString();
    } catch (AssertionError | RuntimeException e) {
      end = "FAILED: " + reason(e);
    }
    return simulation.trace() + "\n" + end;
  }

  private World.Tale run(Simulation simulation) {
    try {
      Path folder = Files.createTempDirectory(memory(), "siltstone-simulated-");
      try {
        return new World(seed, bug, folder, simulation).run();
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  /** Where files are in memory, if this machine has such a place. */
  private static Path memory() {
    Path shared = Path.of("/dev/shm");
    return Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
