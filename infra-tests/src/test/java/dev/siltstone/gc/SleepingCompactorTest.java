package dev.siltstone.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.contract.HandClock;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Deadline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compactor falls asleep right before its pointer swap, and wakes up after the collector. */
class SleepingCompactorTest {
  private static final RetentionPolicy KEEP_ONE = new RetentionPolicy(1, Duration.ZERO);
  private static final List<String> RECORDS = List.of("a", "b");

  @TempDir private Path folder;
  private final HandClock clock = new HandClock();
  private CollectionId collection = new CollectionId(new UUID(0, 0));
  private @Nullable Runnable meanwhile;

  @Test
  void cannotPublishWhatTheCollectorHasDeleted() {
    try (Services services = Services.embedded(folder.resolve("data"), clock);
        Actors collecting = actors(services, "collecting")) {
      CompactionReport woken = sleepThrough(services, collecting, collecting.fence());
      assertThat(woken.publishes()).isZero();
      Checks.wholeAndReadable(services, collecting, collection, RECORDS);
      collecting.compact(collection);
      Checks.wholeAndReadable(services, collecting, collection, RECORDS);
    }
  }

  /** Shows that the test above can fail, and what the fence is for. */
  @Test
  void wouldPublishItIfTheCollectorTookNoFence() {
    try (Services services = Services.embedded(folder.resolve("data"), clock);
        Actors collecting = actors(services, "collecting")) {
      Fence none = (current, _, _) -> Optional.of(current);
      CompactionReport woken = sleepThrough(services, collecting, none);
      assertThat(woken.publishes()).isPositive();
      assertThatThrownBy(() -> Checks.wholeAndReadable(services, collecting, collection, RECORDS))
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("names a manifest that is not there");
    }
  }

  private CompactionReport sleepThrough(Services services, Actors collecting, Fence fence) {
    collection = collecting.createCollection("stones");
    var _ = collecting.write(collection, "a");
    collecting.compact(collection);
    var _ = collecting.write(collection, "b");
    try (Actors sleeping = actors(withSleepBeforeSwap(services), "sleeping")) {
      meanwhile =
          () -> {
            clock.sleep(Duration.ofHours(2));
            GcReport report =
                collecting
                    .collector(fence)
                    .collect(
                        collection,
                        CollectionMode.COLLECT,
                        Deadline.in(clock, Duration.ofMinutes(5)));
            assertThat(report.deleted()).containsKey(Cause.ORPHANED_FILE);
          };
      return sleeping.compact(collection);
    }
  }

  private Services withSleepBeforeSwap(Services services) {
    ObjectStore store =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("putIfMatch") && isPointer(arguments[0])) {
                    Runnable first = meanwhile;
                    meanwhile = null;
                    if (first != null) {
                      first.run();
                    }
                  }
                  try {
                    return method.invoke(services.store(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Services(
        store,
        services.catalog(),
        services.log(),
        services.logRestore(),
        services.leases(),
        services.notices(),
        services.tokens(),
        () -> {});
  }

  private static boolean isPointer(Object key) {
    return ((ObjectKey) key).value().endsWith("pointer.json");
  }

  private Actors actors(Services services, String scratch) {
    return new Actors(services, folder.resolve(scratch), clock, KEEP_ONE, scratch.hashCode());
  }
}
