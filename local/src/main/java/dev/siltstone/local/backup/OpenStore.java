package dev.siltstone.local.backup;

import dev.siltstone.access.TokenStore;
import dev.siltstone.collection.Catalog;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.folder.ScratchFolder;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.local.node.EmbeddedStorage;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogRestore;
import dev.siltstone.operations.command.Scratch;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A store of either family, to copy from or to.
 *
 * @param scratch where files may lie for a while, best on the file system of the objects
 * @param opened what {@link #close} closes
 */
public record OpenStore(
    Catalog catalog,
    ObjectStore objects,
    DeltaLog log,
    LogRestore logRestore,
    LeaseStore leases,
    TokenStore tokens,
    Scratch scratch,
    Runnable opened)
    implements AutoCloseable {
  /**
   * The store in a folder.
   *
   * @throws NotFoundException if there is none
   * @throws dev.siltstone.failure.SiltstoneException if it cannot be used
   */
  public static OpenStore existing(Path folder, Clock clock) {
    if (!Files.isRegularFile(folder.resolve(EmbeddedDatabase.FILE_NAME))) {
      throw new NotFoundException("%s holds no Siltstone data".formatted(folder));
    }
    return in(folder, clock);
  }

  /**
   * The store in a folder, made if there is none.
   *
   * @throws dev.siltstone.failure.SiltstoneException if it cannot be used
   */
  public static OpenStore in(Path folder, Clock clock) {
    EmbeddedStorage storage = EmbeddedStorage.open(folder, clock);
    try {
      ScratchFolder scratch = ScratchFolder.open(folder);
      return new OpenStore(
          storage.catalog(),
          storage.objects(),
          storage.log(),
          storage.logRestore(),
          storage.leases(),
          storage.tokens(),
          () -> Files.createDirectories(scratch.newPath()),
          () -> {
            scratch.close();
            storage.close();
          });
    } catch (IOException e) {
      storage.close();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    opened.run();
  }
}
