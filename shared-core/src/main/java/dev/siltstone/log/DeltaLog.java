package dev.siltstone.log;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Head, tip and entries of every collection's log: the seam under the commit protocol. Each method
 * is one atomic step on the service behind it; nothing here depends on clocks. All reads are
 * consistent.
 *
 * <p>Methods throw {@link dev.siltstone.failure.UnavailableException} when they certainly had no
 * effect and {@link dev.siltstone.failure.OutcomeUnknownException} when a write's answer was lost.
 * Throttling and transaction conflicts are retried inside, with jitter and a bound; {@link
 * #reserve} is never sent twice after an unknown outcome, since that would make a hole.
 */
public interface DeltaLog {
  /** Head and tip in one call; empty if the collection does not exist. */
  Optional<HeadAndTip> read(CollectionId collection);

  /**
   * The head alone, for writers: they may not see the tip. Empty if the collection does not exist.
   */
  default Optional<Head> readHead(CollectionId collection) {
    return read(collection).map(HeadAndTip::head);
  }

  /**
   * Hands out the next place. Fixes the dimension and the embedding function if {@code shape} is
   * the first to carry them. A null function in {@code shape} agrees with any recorded one.
   *
   * @param shape of the delta's vectors, or null if it carries none
   */
  ReserveResult reserve(CollectionId collection, DeltaId delta, @Nullable VectorShape shape);

  /**
   * Fills a reserved place if it is empty. Safe to repeat with the same entry.
   *
   * @param entry a {@link LogEntry.Committed} or {@link LogEntry.Rollback}
   * @throws dev.siltstone.failure.CorruptDataException if another writer's entry stands there
   */
  PlaceResult place(CollectionId collection, LogEntry entry);

  /**
   * Fills a reserved place, and puts down the ids of the writes in it, all or nothing: only if the
   * place is empty and none of the ids is there. Safe to repeat with the same entry and ids.
   *
   * @throws dev.siltstone.failure.CorruptDataException if another writer's entry stands there
   */
  OncePlaced placeOnce(CollectionId collection, LogEntry.Committed entry, OperationMarks marks);

  /**
   * Fills an empty place with a void, in one step with the check that the tip has not passed it.
   */
  VoidResult voidPlace(CollectionId collection, Sequence place);

  /**
   * Turns a committed entry into a quarantined one, in one step with the check that the tip has not
   * passed it. Safe to repeat; the first reason stays.
   */
  QuarantineResult quarantine(CollectionId collection, LogEntry.Committed entry, String reason);

  /**
   * Up to {@code limit} entries after {@code after}, in order, with gaps where places are empty or
   * trimmed.
   */
  List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit);

  /** One place, or empty. */
  Optional<LogEntry> readPlace(CollectionId collection, Sequence place);

  /**
   * Moves the tip to a higher generation. Demands that the collection exists before its first
   * publish and that the tip exists after it.
   */
  TipResult moveTip(CollectionId collection, Tip next);

  /**
   * Deletes up to {@code limit} committed and rollback entries at or below {@code upTo}, but none
   * that the tip has not passed; void and quarantined entries stay. Returns how many were deleted.
   */
  int trim(CollectionId collection, Sequence upTo, int limit);

  /**
   * Raises the hint of what has been folded; never lowers it. Ignored if the collection is gone.
   */
  void hintFolded(CollectionId collection, Sequence folded);

  /**
   * Raises the orphan horizon and returns the head as it is afterwards; empty if the collection is
   * gone. From then on no delta with an id at or below it gets a place.
   */
  Optional<Head> raiseOrphanHorizon(CollectionId collection, DeltaId horizon);

  /**
   * Up to {@code limit} collections, in order of id after {@code after}, that may have unfolded
   * places.
   */
  List<CollectionId> backlogAfter(@Nullable CollectionId after, int limit);

  /**
   * Forgets tip and entries of a dropped collection, up to {@code limit}; returns how many went.
   * Does nothing to a collection that exists.
   */
  int sweepDropped(CollectionId collection, int limit);
}
