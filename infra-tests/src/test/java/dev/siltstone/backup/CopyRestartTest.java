package dev.siltstone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Collection;
import dev.siltstone.contract.HandClock;
import dev.siltstone.gc.Actors;
import dev.siltstone.gc.Checks;
import dev.siltstone.gc.Services;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.backup.CopiedCollection;
import dev.siltstone.local.backup.OpenStore;
import dev.siltstone.local.backup.StoreCopy;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector takes away what is being copied, since a newer snapshot has replaced it. */
class CopyRestartTest {
  @TempDir private Path folder;
  private final HandClock clock = new HandClock();
  private final AtomicBoolean replaced = new AtomicBoolean();

  @Test
  void theCopyBeginsAgainWithTheNewerSnapshot() {
    try (Services from = Services.embedded(folder.resolve("from"), clock);
        Services to = Services.embedded(folder.resolve("to"), clock);
        Actors here = Stores.actors(from, folder.resolve("here"), clock);
        Actors there = Stores.actors(to, folder.resolve("there"), clock)) {
      CollectionId id = here.createCollection("stones");
      var _ = here.write(id, "a");
      here.compact(id);
      Collection original = from.catalog().collection(id).orElseThrow();
      Manifest first = here.snapshots().current(id).orElseThrow().manifest();

      CopiedCollection copied = copy(from, to, () -> replace(from, here, first)).copy(original);

      assertThat(replaced).isTrue();
      assertThat(copied.verification().isSound()).isTrue();
      Checks.wholeAndReadable(to, there, id, List.of("a", "b"));
    }
  }

  private void replace(Services from, Actors here, Manifest first) {
    var _ = here.write(first.collection(), "b");
    here.compact(first.collection());
    Checks.files(first).stream()
        .filter(key -> key.value().startsWith("segment/"))
        .forEach(from.store()::delete);
  }

  private StoreCopy copy(Services from, Services to, Runnable atFirstSegment) {
    OpenStore source = Stores.of(from, folder.resolve("scratch"));
    return new StoreCopy(
        new OpenStore(
            source.catalog(),
            telling(from.store(), atFirstSegment),
            source.log(),
            source.logRestore(),
            source.leases(),
            source.tokens(),
            source.scratch(),
            () -> {}),
        Stores.of(to, folder.resolve("scratch")),
        null,
        Runnable::run,
        clock,
        new Random(7),
        WorkProgress.NONE);
  }

  /** The store, with something done before the first file of a segment is read from it. */
  private ObjectStore telling(ObjectStore behind, Runnable first) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (_, method, arguments) -> {
              if (arguments != null
                  && arguments[0] instanceof ObjectKey key
                  && key.value().startsWith("segment/")
                  && !replaced.getAndSet(true)) {
                first.run();
              }
              try {
                return method.invoke(behind, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
