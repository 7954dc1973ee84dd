package dev.siltstone.log;

import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;

/**
 * Puts a delta under its id. Repeating it is harmless: the bytes under one id are always the same,
 * and nobody looks at them before they have a place.
 */
final class DeltaPut {
  private static final int MAX_ATTEMPTS = 4;

  private final ObjectStore store;
  private final Backoff backoff;

  DeltaPut(ObjectStore store, Backoff backoff) {
    this.store = store;
    this.backoff = backoff;
  }

  /** True if the delta is stored; false if its key is taken by something else. */
  boolean put(CollectionId collection, EncodedDelta delta) {
    ObjectKey key = ObjectLayout.delta(collection, delta.id());
    for (int attempt = 1; ; attempt++) {
      try {
        return switch (store.putIfAbsent(key, ObjectBody.of(delta.bytes()))) {
          case PutResult.Stored _ -> true;
          case PutResult.ConditionFailed _ -> isMine(key, delta.checksum());
        };
      } catch (OutcomeUnknownException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw Refusals.notCommitted(key, e);
        }
        backoff.pause(attempt);
      }
    }
  }

  /** An earlier attempt, by the store's own retry or ours, may have arrived. */
  private boolean isMine(ObjectKey key, Checksum checksum) {
    return store.get(key).map(found -> Checksum.of(found.bytes()).equals(checksum)).orElse(false);
  }
}
