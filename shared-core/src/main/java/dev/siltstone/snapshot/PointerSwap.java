package dev.siltstone.snapshot;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One compare-and-swap of the pointer, whose manifest is stored already.
 *
 * <p>Whatever the answer, if it is not a plain success the pointer is read back. My commit id in
 * it, or in the ancestry of what it names, means won. An unchanged ETag means that the swap has not
 * happened yet, though a lost request may still arrive: the identical body is sent again with the
 * same condition, so that at most one of them takes effect. Anything else means lost, for good,
 * because that ETag never comes back.
 */
final class PointerSwap {
  private static final Logger LOG = LoggerFactory.getLogger(PointerSwap.class);
  private static final int MAX_ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final SnapshotStore snapshots;
  private final ObjectStore store;
  private final Clock clock;
  private final Manifest next;
  private final Pointer pointer;
  private final byte[] body;
  private final @Nullable Published parent;

  PointerSwap(
      SnapshotStore snapshots,
      ObjectStore store,
      Clock clock,
      Manifest next,
      Checksum manifestChecksum,
      @Nullable Published parent) {
    this.snapshots = snapshots;
    this.store = store;
    this.clock = clock;
    this.next = next;
    this.pointer = Pointer.to(next, manifestChecksum);
    this.body = PointerJson.write(pointer);
    this.parent = parent;
  }

  PublishResult run() {
    boolean mayHaveArrived = false;
    @Nullable UnavailableException refusal = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      try {
        if (put() instanceof PutResult.Stored stored) {
          return new PublishResult.Won(new Published(pointer, stored.etag(), next));
        }
      } catch (OutcomeUnknownException e) {
        mayHaveArrived = true;
      } catch (UnavailableException e) {
        refusal = e;
      }
      Optional<PublishResult> settled = look(attempt);
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    if (refusal != null && !mayHaveArrived) {
      throw refusal;
    }
    return new PublishResult.StillUnknown(next.generation());
  }

  private PutResult put() {
    ObjectKey key = ObjectLayout.pointer(next.collection());
    return parent == null
        ? store.putIfAbsent(key, ObjectBody.of(body))
        : store.putIfMatch(key, ObjectBody.of(body), parent.etag());
  }

  /**
   * Reads back, and waits if that settles nothing; a store that does not answer settles nothing.
   */
  private Optional<PublishResult> look(int attempt) {
    try {
      Optional<PublishResult> settled = readBack();
      if (settled.isEmpty() && attempt < MAX_ATTEMPTS) {
        clock.sleep(PAUSE.multipliedBy(attempt));
      }
      return settled;
    } catch (UnavailableException | NotFoundException e) {
      LOG.debug("collection {}: pointer not read back", next.collection(), e);
      return Optional.empty();
    }
  }

  /** How the swap ended, or empty if it has not happened as far as can be seen. */
  private Optional<PublishResult> readBack() {
    Optional<FoundPointer> found = snapshots.readPointer(next.collection());
    if (found.isEmpty()) {
      return parent == null ? Optional.empty() : Optional.of(new PublishResult.Lost());
    }
    if (parent != null && found.get().etag().equals(parent.etag())) {
      return Optional.empty();
    }
    return Optional.of(settled(found.get()));
  }

  private PublishResult settled(FoundPointer found) {
    if (found.pointer().equals(pointer)) {
      return new PublishResult.Won(new Published(pointer, found.etag(), next));
    }
    Published current = snapshots.named(next.collection(), found);
    if (current.manifest().contains(next.commit())) {
      return new PublishResult.Won(current);
    }
    return current.pointer().epoch().compareTo(next.epoch()) > 0
        ? new PublishResult.Fenced(current.pointer().epoch())
        : new PublishResult.Lost();
  }
}
