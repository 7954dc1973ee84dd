package dev.siltstone.gc;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.LogEntry.Rollback;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.RetiredObject;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.ObjectKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the manifests of a collection name: the kept ones, and those whose time has come. */
final class NamedFiles {
  private final Map<ObjectKey, KeptBecause> kept = new HashMap<>();
  private final Set<ObjectKey> due = new HashSet<>();

  private NamedFiles() {}

  /**
   * Reads all manifests that the current one lists.
   *
   * @param rollbacks that are not folded yet
   * @param graceSince what was retired later is still in use
   * @throws CorruptDataException if a kept manifest is missing or damaged
   */
  static NamedFiles read(
      GcSteps steps, Manifest current, List<Rollback> rollbacks, Instant graceSince) {
    NamedFiles named = new NamedFiles();
    named.keep(current, KeptBecause.CURRENT);
    List<ObjectKey> retained = current.retained().stream().map(RetainedSnapshot::manifest).toList();
    read(steps, retained).forEach(found -> named.keep(present(found), KeptBecause.RETAINED));
    List<ObjectKey> targets = rollbacks.stream().map(Rollback::manifest).toList();
    read(steps, targets).forEach(found -> named.keep(present(found), KeptBecause.ROLLBACK_TARGET));
    List<Found> retired = read(steps, current.retired().stream().map(RetiredObject::key).toList());
    for (int i = 0; i < retired.size(); i++) {
      named.retired(retired.get(i), current.retired().get(i).at().isAfter(graceSince));
    }
    return named;
  }

  /** Why a file stays, if a kept manifest names it. */
  Optional<KeptBecause> kept(ObjectKey key) {
    return Optional.ofNullable(kept.get(key));
  }

  /** Whether a manifest names it whose time has come; then it is no orphan. */
  boolean isDue(ObjectKey key) {
    return due.contains(key);
  }

  /** Retired manifests of this one that do not exist any more. */
  static Set<ObjectKey> gone(GcSteps steps, Manifest current) {
    return read(steps, current.retired().stream().map(RetiredObject::key).toList()).stream()
        .filter(found -> found.manifest() == null)
        .map(Found::key)
        .collect(Collectors.toSet());
  }

  /**
   * Checks that nothing is missing before anything is deleted.
   *
   * @throws CorruptDataException naming a file that is
   */
  void requireAmong(CollectionId collection, Set<ObjectKey> present) {
    kept.forEach((key, because) -> {
      if (because != KeptBecause.READER_GRACE && !present.contains(key)) {
        throw new CorruptDataException(
            "collection %s: %s is missing, which a kept snapshot names (%s); nothing is deleted"
                .formatted(collection, key, because));
      }
    });
  }

  private void keep(Manifest manifest, KeptBecause because) {
    files(manifest).forEach(key -> kept.putIfAbsent(key, because));
  }

  private void retired(Found found, boolean inUse) {
    Manifest manifest = found.manifest();
    if (manifest != null && inUse) {
      keep(manifest, KeptBecause.READER_GRACE);
    } else if (manifest != null) {
      files(manifest).forEach(due::add);
    }
  }

  private static Stream<ObjectKey> files(Manifest manifest) {
    return Stream.concat(
        Stream.of(manifest.key()),
        manifest.segments().stream().flatMap(entry -> files(manifest.collection(), entry)));
  }

  private static Stream<ObjectKey> files(CollectionId collection, SegmentEntry entry) {
    DeletedRowsEntry deleted = entry.deleted();
    return Stream.concat(
        entry.segment().files().stream().map(file -> entry.segment().keyOf(collection, file)),
        deleted == null ? Stream.empty() : Stream.of(deleted.key()));
  }

  private static List<Found> read(GcSteps steps, List<ObjectKey> keys) {
    Executor workers = steps.workers();
    List<Supplier<Found>> reads =
        keys.stream().<Supplier<Found>>map(key -> () -> read(steps, key)).toList();
    return SideBySide.run(workers, reads);
  }

  private static Found read(GcSteps steps, ObjectKey key) {
    try {
      return new Found(key, steps.snapshots().readManifest(key));
    } catch (NotFoundException _) {
      return new Found(key, null);
    }
  }

  private static Manifest present(Found found) {
    if (found.manifest() == null) {
      throw new CorruptDataException(
          "manifest %s of a kept snapshot is missing; nothing is deleted".formatted(found.key()));
    }
    return found.manifest();
  }

  /** A manifest, or none under the key. */
  private record Found(ObjectKey key, @Nullable Manifest manifest) {}
}
