package dev.siltstone.log;

import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The write half of the log: PUT the delta, reserve a place, fill it. The write is committed when
 * the place is filled, and only then acknowledged.
 *
 * <p>A crash after the PUT leaves an object that nothing names; after the reservation, a hole,
 * which whoever needs the log beyond it voids. A writer whose place was voided reserves again.
 * Retries are bounded; {@link OutcomeUnknownException} leaves it open whether the write will be
 * seen.
 */
public final class Commit {
  private static final int ATTEMPTS = 8;
  private static final long FIRST_PAUSE_MILLIS = 5;

  private final DeltaLog log;
  private final ObjectStore store;
  private final TimeOrderedIds ids;
  private final Clock clock;
  private final RandomGenerator random;

  public Commit(
      DeltaLog log, ObjectStore store, TimeOrderedIds ids, Clock clock, RandomGenerator random) {
    this.log = log;
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Commits one delta.
   *
   * @param shape of its vectors, or null if it carries none
   * @param encode makes the delta under the id it is given; called again if that id is too old
   * @throws NotFoundException if the collection does not exist
   * @throws InvalidRequestException if the collection's vectors have another shape
   * @throws UnavailableException if it is certain that nothing was committed
   * @throws OutcomeUnknownException if it is not
   */
  public Receipt commit(
      CollectionId collection,
      @Nullable VectorShape shape,
      Function<DeltaId, EncodedDelta> encode) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      EncodedDelta delta = encode.apply(new DeltaId(ids.next()));
      ObjectKey key = put(collection, delta);
      Optional<Receipt> receipt = reserveAndPlace(collection, shape, delta, key);
      if (receipt.isPresent()) {
        return receipt.get();
      }
    }
    throw new UnavailableException(
        "collection %s: the orphan horizon overtook %d deltas in a row"
            .formatted(collection, ATTEMPTS),
        null);
  }

  /**
   * Reserves a place first and lets the caller say what to do there, given everything before it:
   * for deletes by filter, which must not swallow a later write.
   *
   * @param decide makes the delta for the place it is given, from the view at exactly the place
   *     before; an empty delta fills the place with a void. Called again with another place if
   *     somebody voids the first
   */
  public Receipt commitAt(CollectionId collection, BiFunction<Sequence, DeltaId, Decision> decide) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DeltaId id = new DeltaId(ids.next());
      Sequence place = reserve(collection, id, null).orElse(null);
      if (place == null) {
        continue;
      }
      Optional<Receipt> receipt =
          switch (decide.apply(place, id)) {
            case Decision.Write write -> {
              ObjectKey key = put(collection, write.delta());
              yield placed(collection, place, write.delta(), key);
            }
            case Decision.NothingToDo _ -> {
              log.voidPlace(collection, place);
              yield Optional.of(new Receipt(place, null, 0));
            }
            case Decision.PlaceLost _ -> Optional.empty();
          };
      if (receipt.isPresent()) {
        return receipt.get();
      }
      pause(attempt);
    }
    throw new UnavailableException(
        "collection %s: the reserved place was voided %d times in a row"
            .formatted(collection, ATTEMPTS),
        null);
  }

  /** What to do at a reserved place. */
  public sealed interface Decision {
    record Write(EncodedDelta delta) implements Decision {}

    record NothingToDo() implements Decision {}

    /** Somebody has voided the place already. */
    record PlaceLost() implements Decision {}
  }

  /** Empty if the delta's id is below the orphan horizon by now. */
  private Optional<Receipt> reserveAndPlace(
      CollectionId collection, @Nullable VectorShape shape, EncodedDelta delta, ObjectKey key) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Sequence place = reserve(collection, delta.id(), shape).orElse(null);
      if (place == null) {
        return Optional.empty();
      }
      Optional<Receipt> receipt = placed(collection, place, delta, key);
      if (receipt.isPresent()) {
        return receipt;
      }
      pause(attempt);
    }
    throw new UnavailableException(
        "collection %s: %d reserved places in a row were voided before they were filled"
            .formatted(collection, ATTEMPTS),
        null);
  }

  /**
   * A place; empty if the delta's id is below the orphan horizon. An unknown outcome makes a hole.
   */
  private Optional<Sequence> reserve(
      CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    ReserveResult result = retrying(() -> log.reserve(collection, delta, shape));
    return switch (result) {
      case ReserveResult.Reserved reserved -> Optional.of(reserved.place());
      case ReserveResult.BelowHorizon _ -> Optional.empty();
      case ReserveResult.CollectionGone _ ->
          throw new NotFoundException("Collection [%s] does not exist.".formatted(collection));
      case ReserveResult.ShapeDiffers differs -> throw refused(differs.expected(), shape);
    };
  }

  /** Fills a place; empty if it was voided before. Repeating it with the same entry is safe. */
  private Optional<Receipt> placed(
      CollectionId collection, Sequence place, EncodedDelta delta, ObjectKey key) {
    LogEntry entry =
        new LogEntry.Committed(
            place, delta.id(), key, delta.count(), delta.bytes().length, delta.checksum());
    return switch (retrying(() -> log.place(collection, entry))) {
      case PlaceResult.Placed _ -> Optional.of(new Receipt(place, key, delta.count()));
      case PlaceResult.TakenByVoid _ -> Optional.empty();
      case PlaceResult.QuarantinedMeanwhile quarantined ->
          throw new CorruptDataException(
              "%s was quarantined: %s".formatted(key, quarantined.reason()));
    };
  }

  /**
   * Puts a delta under its fresh key, which only an earlier attempt of this call can have taken.
   */
  private ObjectKey put(CollectionId collection, EncodedDelta delta) {
    ObjectKey key = ObjectLayout.delta(collection, delta.id());
    PutResult result = retrying(() -> store.putIfAbsent(key, ObjectBody.of(delta.bytes())));
    return switch (result) {
      case PutResult.Stored _ -> key;
      case PutResult.ConditionFailed _ -> key;
    };
  }

  private <T> T retrying(Step<T> step) {
    for (int attempt = 0; ; attempt++) {
      try {
        return step.run();
      } catch (OutcomeUnknownException e) {
        if (attempt == ATTEMPTS - 1) {
          throw e;
        }
      }
      pause(attempt);
    }
  }

  private void pause(int attempt) {
    long bound = FIRST_PAUSE_MILLIS << attempt;
    clock.sleep(Duration.ofMillis(1 + random.nextLong(bound)));
  }

  private static InvalidRequestException refused(
      VectorShape expected, @Nullable VectorShape found) {
    if (found != null && found.dimension() != expected.dimension()) {
      return new InvalidRequestException(
          "Collection expecting embedding with dimension of %d, got %d"
              .formatted(expected.dimension(), found.dimension()));
    }
    return new InvalidRequestException(
        "The collection's embeddings were made by '%s', these by '%s': use the same function, or another collection"
            .formatted(
                expected.embeddingFunction(), found == null ? null : found.embeddingFunction()));
  }

  /** One call that may be repeated when its outcome is unknown. */
  @FunctionalInterface
  private interface Step<T> {
    T run();
  }
}
