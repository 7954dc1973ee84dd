package dev.siltstone.log;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A log without one of the protocol's rules, for showing that the simulation would notice. */
class FlawedLog implements DeltaLog {
  private static final DeltaId HIGHEST = new DeltaId(new UUID(-1, -1));

  private final DeltaLog log;

  FlawedLog(DeltaLog log) {
    this.log = log;
  }

  /** Voids a hole without the check that the tip has not passed it. */
  static DeltaLog voidsBehindTheTip(DeltaLog log) {
    return new FlawedLog(log) {
      @Override
      public VoidResult voidPlace(CollectionId collection, Sequence place) {
        LogEntry.Voided unchecked = new LogEntry.Voided(place);
        try {
          log.place(collection, unchecked);
          return new VoidResult.Filled(unchecked);
        } catch (CorruptDataException e) {
          return new VoidResult.Filled(log.readPlace(collection, place).orElse(unchecked));
        }
      }
    };
  }

  /** Shows holes as voids without placing them: reading goes on behind a hole. */
  static DeltaLog readsBehindHoles(DeltaLog log) {
    return new FlawedLog(log) {
      @Override
      public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
        List<LogEntry> found = log.readAfter(collection, after, limit);
        List<LogEntry> filled = new ArrayList<>();
        for (long n = after.value() + 1; n <= after.value() + limit; n++) {
          Sequence place = new Sequence(n);
          filled.add(
              found.stream()
                  .filter(entry -> entry.sequence().equals(place))
                  .findFirst()
                  .orElseGet(() -> new LogEntry.Voided(place)));
        }
        return filled;
      }
    };
  }

  /** Tells a writer whose place was voided that its entry stands. */
  static DeltaLog forgetsVoids(DeltaLog log) {
    return new FlawedLog(log) {
      @Override
      public PlaceResult place(CollectionId collection, LogEntry entry) {
        PlaceResult result = log.place(collection, entry);
        return result instanceof PlaceResult.TakenByVoid ? new PlaceResult.Placed() : result;
      }
    };
  }

  /** Hands out places to deltas at or below the orphan horizon. */
  static DeltaLog forgetsTheHorizon(DeltaLog log) {
    return new FlawedLog(log) {
      @Override
      public ReserveResult reserve(
          CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
        ReserveResult result = log.reserve(collection, delta, shape);
        return result instanceof ReserveResult.BelowHorizon
            ? log.reserve(collection, HIGHEST, shape)
            : result;
      }
    };
  }

  @Override
  public Optional<HeadAndTip> read(CollectionId collection) {
    return log.read(collection);
  }

  @Override
  public ReserveResult reserve(
      CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    return log.reserve(collection, delta, shape);
  }

  @Override
  public PlaceResult place(CollectionId collection, LogEntry entry) {
    return log.place(collection, entry);
  }

  @Override
  public OncePlaced placeOnce(
      CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
    return log.placeOnce(collection, entry, marks);
  }

  @Override
  public VoidResult voidPlace(CollectionId collection, Sequence place) {
    return log.voidPlace(collection, place);
  }

  @Override
  public QuarantineResult quarantine(
      CollectionId collection, LogEntry.Committed entry, String reason) {
    return log.quarantine(collection, entry, reason);
  }

  @Override
  public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
    return log.readAfter(collection, after, limit);
  }

  @Override
  public Optional<LogEntry> readPlace(CollectionId collection, Sequence place) {
    return log.readPlace(collection, place);
  }

  @Override
  public TipResult moveTip(CollectionId collection, Tip next) {
    return log.moveTip(collection, next);
  }

  @Override
  public int trim(CollectionId collection, Sequence upTo, int limit) {
    return log.trim(collection, upTo, limit);
  }

  @Override
  public void hintFolded(CollectionId collection, Sequence folded) {
    log.hintFolded(collection, folded);
  }

  @Override
  public Optional<Head> raiseOrphanHorizon(CollectionId collection, DeltaId horizon) {
    return log.raiseOrphanHorizon(collection, horizon);
  }

  @Override
  public List<CollectionId> backlogAfter(@Nullable CollectionId after, int limit) {
    return log.backlogAfter(after, limit);
  }

  @Override
  public int sweepDropped(CollectionId collection, int limit) {
    return log.sweepDropped(collection, limit);
  }
}
