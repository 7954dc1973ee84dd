package dev.siltstone.compaction;

import dev.siltstone.cache.SegmentCache;
import dev.siltstone.failure.Outcome;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Stores the files of a finished segment side by side, then hands them to the local cache: the
 * run's next step reads them without fetching them again. Their keys carry this run's epoch and a
 * fresh segment id, so a key that is taken can only hold an earlier attempt of this very upload.
 */
public final class SegmentUpload {
  private static final int ATTEMPTS = 3;

  private final ObjectStore store;
  private final SegmentCache cache;
  private final Executor workers;

  public SegmentUpload(ObjectStore store, SegmentCache cache, Executor workers) {
    this.store = store;
    this.cache = cache;
    this.workers = workers;
  }

  /** Stores the segment's files; {@code folder} is gone afterwards. Returns their bytes. */
  long upload(CollectionId collection, SegmentDescriptor segment, Path folder) {
    List<CompletableFuture<Void>> puts =
        segment.files().stream()
            .map(file ->
                CompletableFuture.runAsync(
                    () ->
                        put(
                            segment.keyOf(collection, file),
                            ObjectBody.of(folder.resolve(file.name()))),
                    workers))
            .toList();
    Outcome.of(CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)));
    cache.adopt(collection, segment, folder);
    return segment.files().stream().mapToLong(SegmentFile::bytes).sum();
  }

  /** Stores an object whose key is this run's alone, again if the answer is lost. */
  void put(ObjectKey key, ObjectBody body) {
    for (int attempt = 1; ; attempt++) {
      try {
        store.putIfAbsent(key, body);
        return;
      } catch (OutcomeUnknownException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
