package dev.siltstone.snapshot;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.storage.Checksum;
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
 * <p>To publish: check the invariants, write the manifest under its own key, then swap the pointer
 * if it is still the parent's ({@link PointerSwap}). A crash after the first write leaves a
 * manifest that nobody names. No outcome allows deleting anything.
 */
public final class SnapshotStore {
  private static final int MAX_ATTEMPTS = 5;
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
   * @throws CorruptDataException if the pointer or its manifest is damaged or missing, or they do
   *     not belong together
   */
  public Optional<Published> current(CollectionId collection) {
    Optional<FoundPointer> found = readPointer(collection);
    while (found.isPresent()) {
      FoundPointer pointer = found.get();
      try {
        return Optional.of(named(collection, pointer));
      } catch (NotFoundException e) {
        found = readPointer(collection);
        if (found.isPresent() && found.get().equals(pointer)) {
          throw new CorruptDataException(
              "the pointer of collection %s names a manifest that is not there: %s"
                  .formatted(collection, pointer.pointer().manifest()),
              e);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The manifest under a key, checked.
   *
   * @throws NotFoundException if there is none: it has been collected, or never was
   * @throws CorruptDataException if it is damaged, not the one that belongs there, or breaks an
   *     invariant
   */
  public Manifest readManifest(ObjectKey key) {
    return checked(key, manifestBytes(key));
  }

  /**
   * Publishes a version.
   *
   * @param parent what it replaces, as {@link #current} gave it; null if it is the first
   * @throws CorruptDataException if it breaks an invariant; nothing was written
   * @throws UnavailableException if the store refused; it is certainly not published
   */
  public PublishResult publish(Manifest next, @Nullable Published parent) {
    if (parent != null && parent.pointer().epoch().compareTo(next.epoch()) > 0) {
      return new PublishResult.Fenced(parent.pointer().epoch());
    }
    ManifestInvariants.check(next);
    SuccessionInvariants.check(parent == null ? null : parent.manifest(), next);
    return put(next, parent);
  }

  /**
   * Publishes the first version that this store has of a collection, whose ancestors are elsewhere:
   * what {@link #publish} does without a parent, for any generation.
   *
   * @throws CorruptDataException if it breaks an invariant; nothing was written
   * @throws UnavailableException if the store refused; it is certainly not published
   */
  public PublishResult restore(Manifest first) {
    ManifestInvariants.check(first);
    return put(first, null);
  }

  private PublishResult put(Manifest next, @Nullable Published parent) {
    byte[] manifest = ManifestJson.write(next);
    putManifest(next.key(), manifest);
    return new PointerSwap(this, store, clock, next, Checksum.of(manifest), parent).run();
  }

  /** The manifest that a pointer names, verified against it. */
  Published named(CollectionId collection, FoundPointer found) {
    Pointer pointer = found.pointer();
    byte[] bytes = manifestBytes(pointer.manifest());
    Checksum checksum = Checksum.of(bytes);
    if (!checksum.equals(pointer.manifestChecksum())) {
      throw new CorruptDataException(
          "%s has SHA-256 %s; the pointer of collection %s expects %s"
              .formatted(pointer.manifest(), checksum, collection, pointer.manifestChecksum()));
    }
    Manifest manifest = checked(pointer.manifest(), bytes);
    if (!manifest.collection().equals(collection)
        || !pointer.equals(Pointer.to(manifest, checksum))) {
      throw new CorruptDataException(
          "the pointer of collection %s and the manifest it names disagree: %s, %s"
              .formatted(collection, pointer, Pointer.to(manifest, checksum)));
    }
    return new Published(pointer, found.etag(), manifest);
  }

  Optional<FoundPointer> readPointer(CollectionId collection) {
    ObjectKey key = ObjectLayout.pointer(collection);
    return store
        .get(key)
        .map(object -> new FoundPointer(PointerJson.read(object.bytes(), key), object.etag()));
  }

  private byte[] manifestBytes(ObjectKey key) {
    return store
        .get(key)
        .map(StoredObject::bytes)
        .orElseThrow(() -> new NotFoundException("there is no manifest " + key));
  }

  private static Manifest checked(ObjectKey key, byte[] bytes) {
    Manifest manifest = ManifestJson.read(bytes, key);
    if (!manifest.key().equals(key)) {
      throw new CorruptDataException(
          "%s holds the manifest that belongs under %s".formatted(key, manifest.key()));
    }
    ManifestInvariants.check(manifest);
    return manifest;
  }

  /** The key is this commit's alone: if it is taken, an earlier attempt has arrived. */
  private void putManifest(ObjectKey key, byte[] bytes) {
    for (int attempt = 1; ; attempt++) {
      try {
        if (store.putIfAbsent(key, ObjectBody.of(bytes)) instanceof PutResult.ConditionFailed
            && !Checksum.of(manifestBytes(key)).equals(Checksum.of(bytes))) {
          throw new CorruptDataException(key + " is taken by another manifest");
        }
        return;
      } catch (OutcomeUnknownException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw new UnavailableException("no answer to storing " + key + ": not published", e);
        }
        clock.sleep(PAUSE.multipliedBy(attempt));
      }
    }
  }
}
