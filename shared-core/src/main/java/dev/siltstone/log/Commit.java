package dev.siltstone.log;

import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.PlaceResult.Placed;
import dev.siltstone.log.PlaceResult.QuarantinedMeanwhile;
import dev.siltstone.log.PlaceResult.TakenByVoid;
import dev.siltstone.log.ReserveResult.BelowHorizon;
import dev.siltstone.log.ReserveResult.CollectionGone;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.log.ReserveResult.ShapeDiffers;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The write half of the log's protocol: how a delta gets its place.
 *
 * <ol>
 *   <li><b>Put</b> the delta under a fresh id. A crash here leaves an object that nobody names.
 *   <li><b>Reserve</b> a place. A crash here, or an answer that is lost, leaves a hole, which
 *       whoever needs the log beyond it voids.
 *   <li><b>Place</b> the entry. From then on the write is committed, whether or not the answer
 *       arrives. If the place was voided first, reserve again: the void stays for ever, so a delta
 *       never stands in two places.
 * </ol>
 *
 * A {@link #commitAt filtered delete} reserves first, so that what it deletes is decided on exactly
 * what stands before its place.
 *
 * <p>May be called by many threads.
 */
public final class Commit {
  /** Reservations one write makes at most, be they lost, voided or refused. */
  private static final int MAX_RESERVATIONS = 8;

  /** Reservations of a filtered delete, which may lose more of them than other writes. */
  private static final int MAX_RESERVATIONS_OF_DELETE = 16;

  private final DeltaPut puts;
  private final Places places;
  private final BackPressure backPressure;
  private final TimeOrderedIds ids;
  private final Backoff backoff;

  /**
   * A protocol over these services.
   *
   * @param random jitter; used by all calling threads
   */
  public Commit(
      DeltaLog log, ObjectStore store, TimeOrderedIds ids, Clock clock, RandomGenerator random) {
    this.backoff = new Backoff(clock, random);
    this.puts = new DeltaPut(store, backoff);
    this.places = new Places(log, backoff);
    this.backPressure = new BackPressure(BacklogLimits.DEFAULT, clock);
    this.ids = ids;
  }

  /** What to do at a reserved place. */
  public sealed interface Decision {
    /** Put this delta and fill the place with it. */
    record Write(EncodedDelta delta) implements Decision {}

    /** Nothing has to be written: the place becomes a void. */
    record NothingToDo() implements Decision {}

    /** Somebody has voided the place already: reserve another one. */
    record PlaceLost() implements Decision {}
  }

  /**
   * Refuses a write early, before anything is done for it, by what a fresh read of the head found;
   * what it found also counts for the writes after it.
   *
   * @throws dev.siltstone.failure.BackPressureException if too much is unfolded
   */
  public void check(CollectionId collection, Head fresh) {
    backPressure.saw(collection, fresh);
    backPressure.check(collection, fresh);
  }

  /**
   * Writes a delta and commits it. When this returns, every strong read that begins later sees it.
   *
   * @param shape of the delta's vectors, or null if it carries none
   * @param encode makes the delta under the id it is given; called again if that id has become too
   *     old for the collection
   * @throws dev.siltstone.failure.NotFoundException if the collection does not exist
   * @throws dev.siltstone.failure.InvalidRequestException if its vectors have another shape
   * @throws dev.siltstone.failure.BackPressureException if too much is unfolded; nothing was
   *     written
   * @throws UnavailableException if the write is certainly not committed
   * @throws dev.siltstone.failure.OutcomeUnknownException if it may or may not be committed
   * @throws dev.siltstone.failure.CorruptDataException if the delta was quarantined meanwhile
   */
  public Receipt commit(
      CollectionId collection,
      @Nullable VectorShape shape,
      Function<DeltaId, EncodedDelta> encode) {
    return commit(collection, shape, encode, (place, delta) -> place(collection, place, delta));
  }

  /**
   * Writes a delta of writes that may arrive again and commits it, unless some of them stand
   * already. Then the place that was reserved stays a hole for others to void, since who takes such
   * writes in may not look at the tip.
   *
   * @param marks the ids of the writes in the delta
   * @throws dev.siltstone.failure.SiltstoneException as {@link #commit} does
   */
  public OnceCommitted commitOnce(
      CollectionId collection,
      @Nullable VectorShape shape,
      OperationMarks marks,
      Function<DeltaId, EncodedDelta> encode) {
    return commit(
        collection, shape, encode, (place, delta) -> placeOnce(collection, place, delta, marks));
  }

  /** {@code placing} is empty if the place has been voided. */
  private <T> T commit(
      CollectionId collection,
      @Nullable VectorShape shape,
      Function<DeltaId, EncodedDelta> encode,
      BiFunction<Sequence, EncodedDelta, Optional<T>> placing) {
    backPressure.admit(collection);
    EncodedDelta delta = put(collection, encode, new DeltaId(ids.next()));
    for (int attempt = 1; attempt <= MAX_RESERVATIONS; attempt++) {
      switch (places.reserve(collection, delta.id(), shape)) {
        case Reserved reserved -> {
          backPressure.saw(collection, reserved.head());
          Optional<T> placed = placing.apply(reserved.place(), delta);
          if (placed.isPresent()) {
            return placed.get();
          }
        }
        case BelowHorizon below -> delta = put(collection, encode, idAbove(below));
        case CollectionGone _ -> throw Refusals.collectionGone(collection);
        case ShapeDiffers differs -> throw Refusals.shapeDiffers(differs, shape);
      }
      backoff.pause(attempt);
    }
    throw tooManyAttempts(collection, MAX_RESERVATIONS);
  }

  /**
   * Reserves a place first and lets the caller say what to do there, given everything before it:
   * for deletes by filter, which must not swallow a later write.
   *
   * @param decide makes a delta without vectors for the place and under the id it is given, from
   *     the view at exactly the place before. Called again with another place if somebody voids the
   *     first
   * @return the place, and what was written there
   * @throws dev.siltstone.failure.SiltstoneException as {@link #commit} does; and whatever {@code
   *     decide} throws
   */
  public Receipt commitAt(CollectionId collection, BiFunction<Sequence, DeltaId, Decision> decide) {
    backPressure.admit(collection);
    DeltaId id = new DeltaId(ids.next());
    for (int attempt = 1; attempt <= MAX_RESERVATIONS_OF_DELETE; attempt++) {
      switch (places.reserve(collection, id, null)) {
        case Reserved reserved -> {
          backPressure.saw(collection, reserved.head());
          Optional<Receipt> receipt = decideAndPlace(collection, reserved.place(), id, decide);
          if (receipt.isPresent()) {
            return receipt.get();
          }
          id = new DeltaId(ids.next());
        }
        case BelowHorizon below -> id = idAbove(below);
        case CollectionGone _ -> throw Refusals.collectionGone(collection);
        case ShapeDiffers differs -> throw Refusals.shapeDiffers(differs, null);
      }
      backoff.pauseAmongMany(attempt);
    }
    throw tooManyAttempts(collection, MAX_RESERVATIONS_OF_DELETE);
  }

  /**
   * Places a rollback. The caller has pinned the target, so that it stays retained while a rollback
   * may come at or below {@code through}.
   *
   * @return empty if every place up to {@code through} is taken: pin again
   * @throws dev.siltstone.failure.SiltstoneException as {@link #commit} does
   */
  public Optional<LogEntry.Rollback> rollBack(
      CollectionId collection, Generation target, ObjectKey manifest, Sequence through) {
    DeltaId operation = new DeltaId(ids.next());
    for (int attempt = 1; attempt <= MAX_RESERVATIONS; attempt++) {
      switch (places.reserve(collection, operation, null)) {
        case Reserved reserved -> {
          if (reserved.place().compareTo(through) > 0) {
            places.giveUp(collection, reserved.place());
            return Optional.empty();
          }
          LogEntry.Rollback entry =
              new LogEntry.Rollback(reserved.place(), operation, target, manifest);
          if (places.place(collection, entry) instanceof Placed) {
            return Optional.of(entry);
          }
        }
        case BelowHorizon below -> operation = idAbove(below);
        case CollectionGone _ -> throw Refusals.collectionGone(collection);
        case ShapeDiffers differs -> throw Refusals.shapeDiffers(differs, null);
      }
      backoff.pause(attempt);
    }
    throw tooManyAttempts(collection, MAX_RESERVATIONS);
  }

  private EncodedDelta put(
      CollectionId collection, Function<DeltaId, EncodedDelta> encode, DeltaId first) {
    DeltaId id = first;
    for (int attempt = 1; attempt <= MAX_RESERVATIONS; attempt++) {
      EncodedDelta delta = encode.apply(id);
      if (puts.put(collection, delta)) {
        return delta;
      }
      id = new DeltaId(ids.next());
    }
    throw tooManyAttempts(collection, MAX_RESERVATIONS);
  }

  /** Empty if the place has been voided. */
  private Optional<Receipt> decideAndPlace(
      CollectionId collection,
      Sequence place,
      DeltaId id,
      BiFunction<Sequence, DeltaId, Decision> decide) {
    boolean settled = false;
    try {
      Optional<Receipt> receipt =
          switch (decide.apply(place, id)) {
            case Decision.Write(EncodedDelta delta) ->
                puts.put(collection, delta) ? place(collection, place, delta) : Optional.empty();
            case Decision.NothingToDo _ -> nothing(collection, place);
            case Decision.PlaceLost _ -> Optional.empty();
          };
      settled = true;
      return receipt;
    } finally {
      if (!settled) {
        places.giveUp(collection, place);
      }
    }
  }

  /** Voided by us or by somebody else: nothing happened there either way. */
  private Optional<Receipt> nothing(CollectionId collection, Sequence place) {
    places.giveUp(collection, place);
    return Optional.of(new Receipt(place, null, 0));
  }

  /** Empty if the place has been voided. */
  private Optional<Receipt> place(CollectionId collection, Sequence place, EncodedDelta delta) {
    LogEntry.Committed entry = entry(collection, place, delta);
    return receipt(entry, places.place(collection, entry));
  }

  private Optional<OnceCommitted> placeOnce(
      CollectionId collection, Sequence place, EncodedDelta delta, OperationMarks marks) {
    LogEntry.Committed entry = entry(collection, place, delta);
    return switch (places.placeOnce(collection, entry, marks)) {
      case OncePlaced.Settled(PlaceResult result) ->
          receipt(entry, result).map(OnceCommitted.Committed::new);
      case OncePlaced.Repeated(var operations) ->
          Optional.of(new OnceCommitted.Repeated(operations));
    };
  }

  private static LogEntry.Committed entry(
      CollectionId collection, Sequence place, EncodedDelta delta) {
    return new LogEntry.Committed(
        place,
        delta.id(),
        ObjectLayout.delta(collection, delta.id()),
        delta.count(),
        delta.bytes().length,
        delta.checksum());
  }

  /** Empty if the place has been voided. */
  private static Optional<Receipt> receipt(LogEntry.Committed entry, PlaceResult result) {
    return switch (result) {
      case Placed _ -> Optional.of(new Receipt(entry.sequence(), entry.key(), entry.count()));
      case TakenByVoid _ -> Optional.empty();
      case QuarantinedMeanwhile quarantined -> throw Refusals.quarantined(entry, quarantined);
    };
  }

  private DeltaId idAbove(BelowHorizon below) {
    return new DeltaId(ids.nextAbove(below.horizon().value()));
  }

  private static UnavailableException tooManyAttempts(CollectionId collection, int attempts) {
    return new UnavailableException(
        "No place in the log of collection %s after %d attempts; nothing is committed"
            .formatted(collection, attempts),
        null);
  }
}
