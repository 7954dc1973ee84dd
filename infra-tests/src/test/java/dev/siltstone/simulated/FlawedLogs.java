package dev.siltstone.simulated;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.OperationId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.OncePlaced;
import dev.siltstone.log.OperationMarks;
import dev.siltstone.log.PlaceResult;
import dev.siltstone.log.QuarantineResult;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.log.Tip;
import dev.siltstone.log.TipResult;
import dev.siltstone.log.VectorShape;
import dev.siltstone.log.VoidResult;
import dev.siltstone.log.memory.MemoryDeltaLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Logs without one of the protocol's rules. */
final class FlawedLogs {
  private final DeltaLog log;
  private final MemoryDeltaLog memory;
  private final SimulatedWire wire;

  FlawedLogs(DeltaLog log, MemoryDeltaLog memory, SimulatedWire wire) {
    this.log = log;
    this.memory = memory;
    this.wire = wire;
  }

  DeltaLog tipByFoldedSequence() {
    return new LogDecorator(log) {
      @Override
      public TipResult moveTip(CollectionId collection, Tip next) {
        Tip tip = tip(collection);
        return next.folded().compareTo(tip.folded()) > 0
            ? super.moveTip(collection, next)
            : new TipResult.AlreadyThere(tip);
      }
    };
  }

  DeltaLog readsPastHoles() {
    return new LogDecorator(log) {
      @Override
      public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
        List<LogEntry> found = super.readAfter(collection, after, limit);
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

  DeltaLog voidsWithoutTipCheck() {
    return new LogDecorator(log) {
      @Override
      public VoidResult voidPlace(CollectionId collection, Sequence place) {
        LogEntry.Voided unchecked = new LogEntry.Voided(place);
        try {
          super.place(collection, unchecked);
          return new VoidResult.Filled(unchecked);
        } catch (CorruptDataException e) {
          return new VoidResult.Filled(readPlace(collection, place).orElse(unchecked));
        }
      }
    };
  }

  DeltaLog trimsVoids() {
    return new LogDecorator(log) {
      @Override
      public int trim(CollectionId collection, Sequence upTo, int limit) {
        int trimmed = super.trim(collection, upTo, limit);
        Sequence folded = tip(collection).folded();
        long last = Math.min(upTo.value(), folded.value());
        forget(collection, entry -> entry instanceof LogEntry.Voided, last);
        return trimmed;
      }
    };
  }

  DeltaLog trimsBeforeTipMoves() {
    return new LogDecorator(log) {
      @Override
      public int trim(CollectionId collection, Sequence upTo, int limit) {
        forget(collection, entry -> entry instanceof LogEntry.Committed, upTo.value());
        return super.trim(collection, upTo, limit);
      }
    };
  }

  private void forget(CollectionId collection, Predicate<LogEntry> which, long last) {
    wire.outside(() -> memory.readAfter(collection, Sequence.ZERO, 1_000)).stream()
        .filter(which)
        .map(LogEntry::sequence)
        .filter(place -> place.value() <= last)
        .forEach(place -> memory.lose(collection, place));
  }

  DeltaLog tailFromWrongStart() {
    return new LogDecorator(log) {
      @Override
      public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
        if (after.equals(Sequence.ZERO)) {
          return super.readAfter(collection, after, limit);
        }
        return super.readAfter(collection, new Sequence(after.value() - 1), limit).stream()
            .map(FlawedLogs::onePlaceLater)
            .toList();
      }
    };
  }

  private static LogEntry onePlaceLater(LogEntry entry) {
    Sequence place = entry.sequence().next();
    return switch (entry) {
      case LogEntry.Committed it ->
          new LogEntry.Committed(
              place, it.delta(), it.key(), it.count(), it.bytes(), it.checksum());
      case LogEntry.Voided _ -> new LogEntry.Voided(place);
      case LogEntry.Quarantined it ->
          new LogEntry.Quarantined(
              place, it.delta(), it.key(), it.count(), it.bytes(), it.checksum(), it.reason());
      case LogEntry.Rollback it ->
          new LogEntry.Rollback(place, it.operation(), it.target(), it.manifest());
    };
  }

  DeltaLog poisonWithoutVerdict() {
    return new LogDecorator(log) {
      @Override
      public QuarantineResult quarantine(
          CollectionId collection, LogEntry.Committed entry, String reason) {
        return new QuarantineResult.Verdict(
            new LogEntry.Quarantined(
                entry.sequence(),
                entry.delta(),
                entry.key(),
                entry.count(),
                entry.bytes(),
                entry.checksum(),
                reason));
      }
    };
  }

  DeltaLog ignoresVoidedPlace() {
    return new LogDecorator(log) {
      @Override
      public PlaceResult place(CollectionId collection, LogEntry entry) {
        PlaceResult result = super.place(collection, entry);
        return result instanceof PlaceResult.TakenByVoid ? new PlaceResult.Placed() : result;
      }
    };
  }

  DeltaLog placesElsewhereAfterUnknown() {
    return new LogDecorator(log) {
      @Override
      public PlaceResult place(CollectionId collection, LogEntry entry) {
        try {
          return super.place(collection, entry);
        } catch (OutcomeUnknownException e) {
          return new PlaceResult.TakenByVoid();
        }
      }
    };
  }

  DeltaLog forgetsTheHorizon() {
    return new LogDecorator(log) {
      @Override
      public ReserveResult reserve(
          CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
        ReserveResult result = super.reserve(collection, delta, shape);
        return result instanceof ReserveResult.BelowHorizon
            ? super.reserve(collection, new DeltaId(new UUID(-1, -1)), shape)
            : result;
      }
    };
  }

  DeltaLog retriesAtTheOldPlace() {
    return new LogDecorator(log) {
      private @Nullable Sequence old;

      @Override
      public Optional<LogEntry> readPlace(CollectionId collection, Sequence place) {
        Optional<LogEntry> found = super.readPlace(collection, place);
        old = found.orElse(null) instanceof LogEntry.Quarantined ? place : null;
        return found;
      }

      @Override
      public ReserveResult reserve(
          CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
        ReserveResult result = super.reserve(collection, delta, shape);
        return old != null && result instanceof ReserveResult.Reserved reserved
            ? new ReserveResult.Reserved(old, reserved.head())
            : result;
      }

      @Override
      public PlaceResult place(CollectionId collection, LogEntry entry) {
        if (entry.sequence().equals(old)) {
          memory.lose(collection, entry.sequence());
          old = null;
        }
        return super.place(collection, entry);
      }
    };
  }

  DeltaLog putsIdsAfterThePlace() {
    return new LogDecorator(log) {
      @Override
      public OncePlaced placeOnce(
          CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
        Set<OperationId> known = wire.outside(() -> memory.known(collection, marks.ids()));
        if (!known.isEmpty()) {
          return new OncePlaced.Repeated(known);
        }
        PlaceResult result = super.place(collection, entry);
        return result instanceof PlaceResult.Placed
            ? super.placeOnce(collection, entry, marks)
            : new OncePlaced.Settled(result);
      }
    };
  }

  DeltaLog ignoresRepeatedIds() {
    return new LogDecorator(log) {
      @Override
      public OncePlaced placeOnce(
          CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
        return new OncePlaced.Settled(super.place(collection, entry));
      }
    };
  }

  DeltaLog takesUnknownPlacingForDone() {
    return new LogDecorator(log) {
      @Override
      public OncePlaced placeOnce(
          CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
        try {
          return super.placeOnce(collection, entry, marks);
        } catch (OutcomeUnknownException e) {
          return new OncePlaced.Settled(new PlaceResult.Placed());
        }
      }
    };
  }

  DeltaLog remembersHead() {
    return new LogDecorator(log) {
      private @Nullable HeadAndTip remembered;
      private int uses;

      @Override
      public Optional<HeadAndTip> read(CollectionId collection) {
        HeadAndTip last = remembered;
        if (last == null || uses++ % 2 == 1) {
          last = super.read(collection).orElseThrow();
          remembered = last;
        }
        return Optional.of(last);
      }
    };
  }

  private Tip tip(CollectionId collection) {
    return wire.outside(() -> memory.read(collection)).orElseThrow().tip();
  }
}
