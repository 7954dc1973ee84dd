package dev.siltstone.fault;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A log whose calls meet faults. */
public record FaultyDeltaLog(DeltaLog log, Faults faults) implements DeltaLog {
  @Override
  public Optional<HeadAndTip> read(CollectionId collection) {
    return faults.read("read", () -> log.read(collection));
  }

  @Override
  public ReserveResult reserve(
      CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    return faults.write("reserve", () -> log.reserve(collection, delta, shape));
  }

  @Override
  public PlaceResult place(CollectionId collection, LogEntry entry) {
    return faults.write("place", () -> log.place(collection, entry));
  }

  @Override
  public OncePlaced placeOnce(
      CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
    return faults.write("placeOnce", () -> log.placeOnce(collection, entry, marks));
  }

  @Override
  public VoidResult voidPlace(CollectionId collection, Sequence place) {
    return faults.write("voidPlace", () -> log.voidPlace(collection, place));
  }

  @Override
  public QuarantineResult quarantine(
      CollectionId collection, LogEntry.Committed entry, String reason) {
    return faults.write("quarantine", () -> log.quarantine(collection, entry, reason));
  }

  @Override
  public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
    return faults.read("readAfter", () -> log.readAfter(collection, after, limit));
  }

  @Override
  public Optional<LogEntry> readPlace(CollectionId collection, Sequence place) {
    return faults.read("readPlace", () -> log.readPlace(collection, place));
  }

  @Override
  public TipResult moveTip(CollectionId collection, Tip next) {
    return faults.write("moveTip", () -> log.moveTip(collection, next));
  }

  @Override
  public int trim(CollectionId collection, Sequence upTo, int limit) {
    return faults.write("trim", () -> log.trim(collection, upTo, limit));
  }

  @Override
  public void hintFolded(CollectionId collection, Sequence folded) {
    faults.run("hintFolded", () -> log.hintFolded(collection, folded));
  }

  @Override
  public Optional<Head> raiseOrphanHorizon(CollectionId collection, DeltaId horizon) {
    return faults.write("raiseOrphanHorizon", () -> log.raiseOrphanHorizon(collection, horizon));
  }

  @Override
  public List<CollectionId> backlogAfter(@Nullable CollectionId after, int limit) {
    return faults.read("backlogAfter", () -> log.backlogAfter(after, limit));
  }

  @Override
  public int sweepDropped(CollectionId collection, int limit) {
    return faults.write("sweepDropped", () -> log.sweepDropped(collection, limit));
  }
}
