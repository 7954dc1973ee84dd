package dev.siltstone.simulated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Changes a byte of a file that a process keeps in its cache, after the file was verified and while
 * nobody has it open: between two of its steps, or between two of its lives.
 */
final class WornDisks {
  private static final double WEARS = 0.3;

  /** Every fifth world, so that what the others do is as it would be without this. */
  private static final int WORLDS = 5;

  private final boolean wear;
  private final Random random;
  private final FaultCounts counts;

  WornDisks(long seed, PlantedBug bug, FaultCounts counts) {
    boolean foundByDownloads = bug == PlantedBug.CACHE_NAMED_BEFORE_VERIFIED;
    this.wear = seed % WORLDS == 1 && !foundByDownloads;
    this.random = new Random(seed * 31 + 11);
    this.counts = counts;
  }

  /** A process begins a step. */
  void before(Machine machine) {
    if (wear && machine.segments.openSegments() == 0 && random.nextDouble() < WEARS) {
      List<Path> kept = kept(machine.folder.resolve("cache"));
      if (!kept.isEmpty()) {
        flipIn(kept.get(random.nextInt(kept.size())));
      }
    }
  }

  private void flipIn(Path file) {
    try {
      long size = Files.size(file);
      if (size > 0) {
        counts.add("cached file damaged after it was verified");
        UnsteadyDownloads.flip(file, random.nextLong(size));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> kept(Path cache) {
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(cache)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".part"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
