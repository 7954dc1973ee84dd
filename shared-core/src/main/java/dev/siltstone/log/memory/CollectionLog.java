package dev.siltstone.log.memory;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.OperationId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Head;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Head, tip and entries of one collection. */
final class CollectionLog {
  @Nullable Head head;
  @Nullable Tip tip;
  final TreeMap<Sequence, LogEntry> entries = new TreeMap<>();
  private final Map<OperationId, Instant> operations = new HashMap<>();

  ReserveResult reserve(DeltaId delta, @Nullable VectorShape shape) {
    Head before = head;
    if (before == null) {
      return new ReserveResult.CollectionGone();
    }
    if (shape != null && !agrees(before, shape)) {
      return new ReserveResult.ShapeDiffers(
          new VectorShape(before.dimension(), before.embeddingFunction()));
    }
    DeltaId horizon = before.orphanHorizon();
    if (horizon != null && delta.compareTo(horizon) <= 0) {
      return new ReserveResult.BelowHorizon(horizon);
    }
    Head after = advanced(before, shape);
    head = after;
    return new ReserveResult.Reserved(after.lastReserved(), after);
  }

  private static boolean agrees(Head head, VectorShape shape) {
    if (head.dimension() == 0) {
      return true;
    }
    boolean sameFunction =
        head.embeddingFunction() == null
            || shape.embeddingFunction() == null
            || head.embeddingFunction().equals(shape.embeddingFunction());
    return head.dimension() == shape.dimension() && sameFunction;
  }

  private static Head advanced(Head head, @Nullable VectorShape shape) {
    String function = head.embeddingFunction();
    if (function == null && shape != null) {
      function = shape.embeddingFunction();
    }
    return new Head(
        head.lastReserved().next(),
        shape == null ? head.dimension() : shape.dimension(),
        function,
        head.orphanHorizon(),
        head.foldedHint(),
        head.settingsVersion());
  }

  PlaceResult place(LogEntry entry) {
    LogEntry standing = entries.putIfAbsent(entry.sequence(), entry);
    if (standing == null || standing.equals(entry)) {
      return new PlaceResult.Placed();
    }
    return switch (standing) {
      case LogEntry.Voided _ -> new PlaceResult.TakenByVoid();
      case LogEntry.Quarantined quarantined when isVerdictOn(quarantined, entry) ->
          new PlaceResult.QuarantinedMeanwhile(quarantined.reason());
      case LogEntry.Committed _, LogEntry.Rollback _, LogEntry.Quarantined _ ->
          throw takenByAnother(standing, entry);
    };
  }

  OncePlaced placeOnce(LogEntry.Committed entry, OperationMarks marks) {
    operations.values().removeIf(until -> until.isBefore(marks.now()));
    Set<OperationId> repeated = known(marks.ids());
    if (!entries.containsKey(entry.sequence()) && !repeated.isEmpty()) {
      return new OncePlaced.Repeated(repeated);
    }
    PlaceResult result = place(entry);
    if (result instanceof PlaceResult.Placed) {
      marks.ids().forEach(id -> operations.put(id, marks.until()));
    }
    return new OncePlaced.Settled(result);
  }

  Set<OperationId> known(Set<OperationId> ids) {
    Set<OperationId> known = new HashSet<>(ids);
    known.retainAll(operations.keySet());
    return known;
  }

  private static boolean isVerdictOn(LogEntry.Quarantined quarantined, LogEntry entry) {
    return entry instanceof LogEntry.Committed committed
        && committed.delta().equals(quarantined.delta());
  }

  VoidResult voidPlace(Sequence place) {
    if (tipHasPassed(place)) {
      return new VoidResult.TipHasPassed();
    }
    return new VoidResult.Filled(entries.computeIfAbsent(place, LogEntry.Voided::new));
  }

  QuarantineResult quarantine(LogEntry.Committed entry, String reason) {
    LogEntry standing = entries.get(entry.sequence());
    if (standing instanceof LogEntry.Quarantined earlier && isVerdictOn(earlier, entry)) {
      return new QuarantineResult.Verdict(earlier);
    }
    if (tipHasPassed(entry.sequence())) {
      return new QuarantineResult.TipHasPassed();
    }
    if (!entry.equals(standing)) {
      throw takenByAnother(standing, entry);
    }
    LogEntry.Quarantined verdict =
        new LogEntry.Quarantined(
            entry.sequence(),
            entry.delta(),
            entry.key(),
            entry.count(),
            entry.bytes(),
            entry.checksum(),
            reason);
    entries.put(entry.sequence(), verdict);
    return new QuarantineResult.Verdict(verdict);
  }

  List<LogEntry> readAfter(Sequence after, int limit) {
    return entries.tailMap(after, false).values().stream().limit(limit).toList();
  }

  TipResult moveTip(Tip next) {
    Tip before = tip;
    if (before == null && head == null) {
      return new TipResult.CollectionGone();
    }
    Tip reached = before == null ? Tip.NONE : before;
    if (next.generation().compareTo(reached.generation()) <= 0) {
      return new TipResult.AlreadyThere(reached);
    }
    tip = next;
    return new TipResult.Moved();
  }

  int trim(Sequence upTo, int limit) {
    List<Sequence> folded =
        entries.headMap(upTo, true).values().stream()
            .filter(CollectionLog::mayBeTrimmed)
            .map(LogEntry::sequence)
            .filter(this::tipHasPassed)
            .limit(limit)
            .toList();
    folded.forEach(entries::remove);
    return folded.size();
  }

  private static boolean mayBeTrimmed(LogEntry entry) {
    return switch (entry) {
      case LogEntry.Committed _, LogEntry.Rollback _ -> true;
      case LogEntry.Voided _, LogEntry.Quarantined _ -> false;
    };
  }

  void hintFolded(Sequence folded) {
    Head before = head;
    if (before != null && before.foldedHint().compareTo(folded) < 0) {
      head = with(before, before.orphanHorizon(), folded);
    }
  }

  void raiseOrphanHorizon(DeltaId horizon) {
    Head before = head;
    if (before != null) {
      DeltaId old = before.orphanHorizon();
      DeltaId higher = old == null || old.compareTo(horizon) < 0 ? horizon : old;
      head = with(before, higher, before.foldedHint());
    }
  }

  private static Head with(Head head, @Nullable DeltaId horizon, Sequence folded) {
    return new Head(
        head.lastReserved(),
        head.dimension(),
        head.embeddingFunction(),
        horizon,
        folded,
        head.settingsVersion());
  }

  boolean mayHaveBacklog() {
    return head != null && head.foldedHint().compareTo(head.lastReserved()) < 0;
  }

  /** Forgets what a dropped collection left. */
  int sweep(int limit) {
    if (head != null) {
      return 0;
    }
    int swept = 0;
    while (swept < limit && entries.pollFirstEntry() != null) {
      swept++;
    }
    if (swept < limit && tip != null) {
      tip = null;
      swept++;
    }
    return swept;
  }

  private boolean tipHasPassed(Sequence place) {
    return tip != null && tip.folded().compareTo(place) >= 0;
  }

  private static CorruptDataException takenByAnother(@Nullable LogEntry standing, LogEntry entry) {
    return new CorruptDataException(
        "place %s holds %s, not %s".formatted(entry.sequence(), standing, entry));
  }
}
