package dev.siltstone.contract;

import dev.siltstone.simulation.Wire;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.memory.MemoryObjectStore;
import dev.siltstone.time.Clock;

/** The store of the simulations keeps the same contract as the real ones. */
final class MemoryObjectStoreTest extends ObjectStoreContract {
  private static final ObjectStore STORE = new MemoryObjectStore(Wire.PERFECT, Clock.system());

  @Override
  protected ObjectStore store() {
    return STORE;
  }

  @Override
  protected ObjectStore anotherStore() {
    return STORE;
  }
}
