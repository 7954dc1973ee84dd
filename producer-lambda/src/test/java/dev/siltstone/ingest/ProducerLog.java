package dev.siltstone.ingest;

import dev.siltstone.failure.OutcomeUnknownException;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A log that lets its caller do only what a producer has the rights for: read the head, reserve,
 * place. Counts, pretends a backlog and loses answers on demand.
 */
final class ProducerLog implements DeltaLog {
  final AtomicInteger headReads = new AtomicInteger();
  final AtomicInteger reservations = new AtomicInteger();
  final AtomicInteger lostPlaceAnswers = new AtomicInteger();
  final AtomicInteger lostReserveAnswers = new AtomicInteger();
  volatile long pretendedBacklog;
  volatile Runnable beforeReserve = () -> {};
  private final DeltaLog log;

  ProducerLog(DeltaLog log) {
    this.log = log;
  }

  @Override
  public Optional<Head> readHead(CollectionId collection) {
    headReads.incrementAndGet();
    return log.readHead(collection).map(this::withBacklog);
  }

  private Head withBacklog(Head head) {
    return new Head(
        new Sequence(head.lastReserved().value() + pretendedBacklog),
        head.dimension(),
        head.embeddingFunction(),
        head.orphanHorizon(),
        head.foldedHint(),
        head.settingsVersion());
  }

  @Override
  public ReserveResult reserve(
      CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    beforeReserve.run();
    reservations.incrementAndGet();
    ReserveResult result = log.reserve(collection, delta, shape);
    loseAnswer(lostReserveAnswers);
    return result;
  }

  @Override
  public PlaceResult place(CollectionId collection, LogEntry entry) {
    PlaceResult result = log.place(collection, entry);
    loseAnswer(lostPlaceAnswers);
    return result;
  }

  @Override
  public OncePlaced placeOnce(
      CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
    OncePlaced result = log.placeOnce(collection, entry, marks);
    loseAnswer(lostPlaceAnswers);
    return result;
  }

  private static void loseAnswer(AtomicInteger left) {
    if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new OutcomeUnknownException("the answer was lost");
    }
  }

  @Override
  public Optional<HeadAndTip> read(CollectionId collection) {
    throw forbidden();
  }

  @Override
  public VoidResult voidPlace(CollectionId collection, Sequence place) {
    throw forbidden();
  }

  @Override
  public QuarantineResult quarantine(
      CollectionId collection, LogEntry.Committed entry, String reason) {
    throw forbidden();
  }

  @Override
  public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
    throw forbidden();
  }

  @Override
  public Optional<LogEntry> readPlace(CollectionId collection, Sequence place) {
    throw forbidden();
  }

  @Override
  public TipResult moveTip(CollectionId collection, Tip next) {
    throw forbidden();
  }

  @Override
  public int trim(CollectionId collection, Sequence upTo, int limit) {
    throw forbidden();
  }

  @Override
  public void hintFolded(CollectionId collection, Sequence folded) {
    throw forbidden();
  }

  @Override
  public Optional<Head> raiseOrphanHorizon(CollectionId collection, DeltaId horizon) {
    throw forbidden();
  }

  @Override
  public List<CollectionId> backlogAfter(@Nullable CollectionId after, int limit) {
    throw forbidden();
  }

  @Override
  public int sweepDropped(CollectionId collection, int limit) {
    throw forbidden();
  }

  private static AssertionError forbidden() {
    return new AssertionError("a producer has no right to do this");
  }
}
