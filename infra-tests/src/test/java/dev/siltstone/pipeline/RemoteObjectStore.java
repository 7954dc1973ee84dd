package dev.siltstone.pipeline;

import dev.siltstone.fault.StoreDecorator;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;

/** A store as if it were far away: nothing is mapped in place. */
class RemoteObjectStore extends StoreDecorator {
  RemoteObjectStore(ObjectStore store) {
    super(store);
  }

  @Override
  public Optional<Path> localPath(ObjectKey key) {
    return Optional.empty();
  }
}
