package dev.siltstone.simulated;

import dev.siltstone.fault.StoreDecorator;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import org.jspecify.annotations.Nullable;

/** Tells the model under which ids a process stores the write that it is at. */
final class Writing extends StoreDecorator {
  private final ReferenceModel model;
  private @Nullable Write current;

  Writing(ObjectStore store, ReferenceModel model) {
    super(store);
    this.model = model;
  }

  void begins(Write write) {
    current = write;
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
    Write write = current;
    if (write != null) {
      ObjectLayout.deltaId(key).ifPresent(id -> model.uses(write, id));
    }
    return super.putIfAbsent(key, body);
  }
}
