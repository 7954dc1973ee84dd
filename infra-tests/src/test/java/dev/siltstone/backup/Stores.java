package dev.siltstone.backup;

import dev.siltstone.gc.Actors;
import dev.siltstone.gc.RetentionPolicy;
import dev.siltstone.gc.Services;
import dev.siltstone.local.backup.OpenStore;
import dev.siltstone.local.backup.StoreCopy;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** Test services as stores to copy from and to. */
final class Stores {
  static final RetentionPolicy KEEP_ONE = new RetentionPolicy(1, Duration.ZERO);

  private Stores() {}

  static OpenStore of(Services services, Path scratch) {
    return new OpenStore(
        services.catalog(),
        services.store(),
        services.log(),
        services.logRestore(),
        services.leases(),
        services.tokens(),
        () -> Files.createTempDirectory(Files.createDirectories(scratch), "copy"),
        () -> {});
  }

  /** A copy whose calls come one after the other. */
  static StoreCopy copy(Services from, Services to, Path scratch, Clock clock) {
    return new StoreCopy(
        of(from, scratch),
        of(to, scratch),
        null,
        Runnable::run,
        clock,
        new Random(7),
        WorkProgress.NONE);
  }

  static Actors actors(Services services, Path scratch, Clock clock) {
    return new Actors(services, scratch, clock, KEEP_ONE, scratch.hashCode());
  }
}
