package dev.siltstone.snapshot;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.StoredObject;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and publishes snapshots: the only code that touches manifests and pointers.
 *
 * <p>To publish: write the manifest under its own key, then swap the pointer if it is still the
 * parent's. When the answer of the swap is lost, the pointer is read back. My commit id in it, or
 * in the ancestry of what it names, means won; an unchanged ETag means that the swap has not
 * happened yet, and the identical body is sent again with the same condition; anything else means
 * lost. No outcome allows deleting anything.
 */
public final class SnapshotStore {
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ObjectStore store;
  private final Clock clock;

  public SnapshotStore(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The current version of a collection, or empty before its first publish.
   *
   * @throws CorruptDataException if the pointer or its manifest is damaged or missing
   */
  public Optional<Published> current(CollectionId collection) {
    return readPointer(collection)
        .map(found -> {
          Manifest manifest = readManifest(found.pointer().manifest());
          requireNamed(found.pointer(), manifest);
          return new Published(found.pointer(), found.etag(), manifest);
        });
  }

  /**
   * The manifest under a key, checked.
   *
   * @throws NotFoundException if there is none: it has been collected, or never was
   * @throws CorruptDataException if it is damaged or breaks an invariant
   */
  public Manifest readManifest(ObjectKey key) {
    StoredObject object =
        store.get(key).orElseThrow(() -> new NotFoundException("there is no manifest " + key));
    Manifest manifest = ManifestJson.read(object.bytes(), key);
    ManifestInvariants.check(manifest);
    return manifest;
  }

  /**
   * Publishes a version.
   *
   * @param parent what it replaces; null if it is the first
   * @throws CorruptDataException if it breaks an invariant; nothing was written
   */
  public PublishResult publish(Manifest next, @Nullable Published parent) {
    ManifestInvariants.checkSuccession(parent == null ? null : parent.manifest(), next);
    byte[] manifest = ManifestJson.write(next);
    putManifest(next, manifest);
    Pointer pointer =
        new Pointer(
            next.commit(),
            next.generation(),
            next.epoch(),
            next.folded(),
            next.key(),
            Checksum.of(manifest));
    return swap(new Swap(next, pointer, PointerJson.write(pointer), parent));
  }

  private PublishResult swap(Swap swap) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        clock.sleep(PAUSE.multipliedBy(attempt));
      }
      try {
        if (put(swap) instanceof PutResult.Stored stored) {
          return new PublishResult.Won(swap.published(stored.etag()));
        }
      } catch (OutcomeUnknownException | UnavailableException e) {
        // What has happened is read back below.
      }
      Optional<PublishResult> settled = readBack(swap);
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    return new PublishResult.StillUnknown(swap.next().generation());
  }

  private PutResult put(Swap swap) {
    ObjectKey key = ObjectLayout.pointer(swap.next().collection());
    ObjectBody body = ObjectBody.of(swap.body());
    Published parent = swap.parent();
    return parent == null
        ? store.putIfAbsent(key, body)
        : store.putIfMatch(key, body, parent.etag());
  }

  /** How the swap ended, or empty if it has not happened yet as far as can be seen. */
  private Optional<PublishResult> readBack(Swap swap) {
    Optional<FoundPointer> found;
    try {
      found = readPointer(swap.next().collection());
    } catch (UnavailableException e) {
      return Optional.empty();
    }
    if (found.isEmpty()) {
      return swap.parent() == null ? Optional.empty() : Optional.of(new PublishResult.Lost());
    }
    Pointer pointer = found.get().pointer();
    ETag etag = found.get().etag();
    if (pointer.commit().equals(swap.next().commit())) {
      return Optional.of(new PublishResult.Won(swap.published(etag)));
    }
    if (swap.parent() != null && etag.equals(swap.parent().etag())) {
      return Optional.empty();
    }
    if (readManifest(pointer.manifest()).contains(swap.next().commit())) {
      return Optional.of(new PublishResult.Won(swap.published(etag)));
    }
    return Optional.of(
        pointer.epoch().compareTo(swap.next().epoch()) > 0
            ? new PublishResult.Fenced(pointer.epoch())
            : new PublishResult.Lost());
  }

  /**
   * The key is this commit's alone: if it is taken, an earlier attempt of this call has done it.
   */
  private void putManifest(Manifest next, byte[] bytes) {
    for (int attempt = 1; ; attempt++) {
      try {
        store.putIfAbsent(next.key(), ObjectBody.of(bytes));
        return;
      } catch (OutcomeUnknownException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        clock.sleep(PAUSE);
      }
    }
  }

  private Optional<FoundPointer> readPointer(CollectionId collection) {
    ObjectKey key = ObjectLayout.pointer(collection);
    return store
        .get(key)
        .map(object -> new FoundPointer(PointerJson.read(object.bytes(), key), object.etag()));
  }

  private static void requireNamed(Pointer pointer, Manifest manifest) {
    if (!manifest.commit().equals(pointer.commit())
        || !manifest.generation().equals(pointer.generation())) {
      throw new CorruptDataException(
          "pointer names commit %s in generation %s, %s holds commit %s in generation %s"
              .formatted(
                  pointer.commit(),
                  pointer.generation(),
                  pointer.manifest(),
                  manifest.commit(),
                  manifest.generation()));
    }
  }

  private record FoundPointer(Pointer pointer, ETag etag) {}

  /** One version on its way to be published. */
  private record Swap(Manifest next, Pointer pointer, byte[] body, @Nullable Published parent) {
    Published published(ETag etag) {
      return new Published(pointer, etag, next);
    }
  }
}
