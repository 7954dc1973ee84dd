package dev.siltstone.local.doctor;

import dev.siltstone.distance.KernelChoice;
import dev.siltstone.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JDK, the disk and the clock under a local store. */
final class MachineCheckup {
  private static final int OLDEST_JDK = 25;
  private static final long LITTLE_DISK = 2L << 30;
  private static final long HARDLY_ANY_DISK = 200L << 20;
  private static final Instant NOT_BEFORE = Instant.parse("2025-01-01T00:00:00Z");
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  private final Path data;
  private final @Nullable Path home;
  private final Clock clock;

  /**
   * Checks of a machine.
   *
   * @param home the program's own folder; null if it is not known
   */
  MachineCheckup(Path data, @Nullable Path home, Clock clock) {
    this.data = data;
    this.home = home;
    this.clock = clock;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(List.of(jdk(), kernel(), aotCache()));
    if (!Files.isDirectory(data)) {
      findings.add(
          Finding.fail(
              "data folder",
              data + " is no folder",
              "name the folder that a server was given by --data, or start one there"));
      return findings;
    }
    findings.add(folder());
    findings.add(disk());
    findings.add(sync());
    findings.add(time());
    return findings;
  }

  private static Finding jdk() {
    String found = Runtime.version() + " at " + System.getProperty("java.home");
    return Runtime.version().feature() >= OLDEST_JDK
        ? Finding.ok("jdk", found)
        : Finding.fail("jdk", found, "install JDK 25 or set SILTSTONE_JAVA_HOME to one");
  }

  private static Finding kernel() {
    KernelChoice choice = KernelChoice.ofThisJvm();
    return Finding.ok("distance kernel", choice.kernel().name() + ": " + choice.reason());
  }

  private Finding aotCache() {
    Path own = home;
    if (own == null) {
      return Finding.skipped("ahead-of-time cache", "not started by ./siltstone", "");
    }
    try (DirectoryStream<Path> caches =
        Files.newDirectoryStream(own.resolve("local/target"), "siltstone-*.aot")) {
      for (Path cache : caches) {
        return Finding.ok("ahead-of-time cache", cache.getFileName().toString());
      }
    } catch (IOException e) {
      return Finding.warn("ahead-of-time cache", String.valueOf(e), "run ./siltstone once");
    }
    return Finding.warn(
        "ahead-of-time cache",
        "there is none: starts take longer",
        "remove local/target/*.failed and start again, or leave it: SILTSTONE_AOT=off");
  }

  private Finding folder() {
    return Files.isReadable(data) && Files.isWritable(data) && Files.isExecutable(data)
        ? Finding.ok("data folder", data.toAbsolutePath() + " may be read and written")
        : Finding.fail(
            "data folder",
            data.toAbsolutePath() + " may not be read and written",
            "give this user the rights, or run as the user that owns it");
  }

  private Finding disk() {
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      String found = "%,d MB free".formatted(free >> 20);
      String advice = "free some: ./siltstone gc, or a larger disk; writes fail when it is full";
      return free < HARDLY_ANY_DISK
          ? Finding.fail("free disk", found, advice)
          : free < LITTLE_DISK
              ? Finding.warn("free disk", found, advice)
              : Finding.ok("free disk", found);
    } catch (IOException e) {
      return Finding.fail("free disk", String.valueOf(e), "look at the disk");
    }
  }

  /** Writes a small file, syncs it and its folder, and removes it. */
  private Finding sync() {
    Path probe = data.resolve("doctor-" + clock.nanoTime() + ".tmp");
    long start = clock.nanoTime();
    try {
      try (FileChannel file =
          FileChannel.open(probe, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.wrap(new byte[4096]));
        file.force(true);
      }
      try (FileChannel folder = FileChannel.open(data, StandardOpenOption.READ)) {
        folder.force(true);
      }
      double millis = (clock.nanoTime() - start) / 1e6;
      return Finding.ok("fsync", "%.1f ms for a file and its folder".formatted(millis));
    } catch (IOException e) {
      return Finding.fail(
          "fsync", String.valueOf(e), "use a local file system; network folders will not do");
    } finally {
      probe.toFile().delete();
    }
  }

  private Finding time() {
    Instant now = clock.now();
    if (now.isBefore(NOT_BEFORE)) {
      return Finding.fail("clock", "says " + now, "set the clock");
    }
    try {
      Instant written = Files.getLastModifiedTime(data).toInstant();
      return written.isAfter(now.plus(CLOCK_TOLERANCE))
          ? Finding.warn(
              "clock",
              "says %s; the folder was changed at %s".formatted(now, written),
              "set the clock: no data is at risk, but locks and graces last longer or shorter")
          : Finding.ok("clock", now.toString());
    } catch (IOException e) {
      return Finding.warn("clock", String.valueOf(e), "");
    }
  }
}
