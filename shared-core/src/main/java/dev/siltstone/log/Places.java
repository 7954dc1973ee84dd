package dev.siltstone.log;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two calls of a commit with their bounded retries. */
final class Places {
  private static final Logger LOG = LoggerFactory.getLogger(Places.class);
  private static final int MAX_ATTEMPTS = 6;

  private final DeltaLog log;
  private final Backoff backoff;

  Places(DeltaLog log, Backoff backoff) {
    this.log = log;
    this.backoff = backoff;
  }

  /**
   * Reserves; if the answer is lost, reserves again. A place that was handed out unheard is a hole
   * that somebody voids.
   */
  ReserveResult reserve(CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    for (int attempt = 1; ; attempt++) {
      try {
        return log.reserve(collection, delta, shape);
      } catch (OutcomeUnknownException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw new UnavailableException(
              "No answer to reserving a place in the log of collection " + collection, e);
        }
        backoff.pause(attempt);
      }
    }
  }

  /**
   * Places the entry; if the answer is lost, places the same entry again. Once one attempt is
   * unknown the entry may stand or land later, until an answer says what stands there.
   */
  PlaceResult place(CollectionId collection, LogEntry entry) {
    return settled(entry, () -> log.place(collection, entry));
  }

  /** The same for writes that may arrive again. */
  OncePlaced placeOnce(CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
    return settled(entry, () -> log.placeOnce(collection, entry, marks));
  }

  private <T> T settled(LogEntry entry, Supplier<T> placing) {
    @Nullable OutcomeUnknownException unknown = null;
    for (int attempt = 1; ; attempt++) {
      try {
        return placing.get();
      } catch (OutcomeUnknownException e) {
        unknown = e;
        if (attempt == MAX_ATTEMPTS) {
          throw Refusals.maybeCommitted(entry, e);
        }
      } catch (UnavailableException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw unknown == null ? e : Refusals.maybeCommitted(entry, unknown);
        }
      }
      backoff.pause(attempt);
    }
  }

  /**
   * Voids a place of our own that will not be filled, so that nobody has to wait for it. If that
   * fails, whoever needs the log beyond it does the same.
   */
  void giveUp(CollectionId collection, Sequence place) {
    try {
      log.voidPlace(collection, place);
    } catch (UnavailableException | OutcomeUnknownException e) {
      LOG.debug("collection {}: sequence {} is left as a hole", collection, place, e);
    }
  }
}
