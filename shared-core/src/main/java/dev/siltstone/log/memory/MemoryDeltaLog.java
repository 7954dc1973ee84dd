package dev.siltstone.log.memory;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.OperationId;
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
import dev.siltstone.simulation.Wire;
import dev.siltstone.simulation.Wire.Call;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The log in memory, for tests and simulation. Each effect is atomic, also between threads. */
public final class MemoryDeltaLog implements DeltaLog {
  private final Wire wire;
  private final TreeMap<CollectionId, CollectionLog> logs = new TreeMap<>();

  /**
   * An empty log of no collections.
   *
   * @param wire what each call goes over
   */
  public MemoryDeltaLog(Wire wire) {
    this.wire = wire;
  }

  /** Gives a new collection its head, as the catalog does when it creates one. */
  public synchronized void create(CollectionId collection) {
    log(collection).head = new Head(Sequence.ZERO, 0, null, null, Sequence.ZERO, 0);
  }

  /** Takes a collection's head away, as the catalog does when it drops one. */
  public synchronized void drop(CollectionId collection) {
    log(collection).head = null;
  }

  /** Takes an entry away whatever it is, as no caller of the seam can: damage, for instance. */
  public synchronized void lose(CollectionId collection, Sequence place) {
    log(collection).entries.remove(place);
  }

  /** Which of these writes stand by their ids, as no caller of the seam can ask. */
  public synchronized Set<OperationId> known(CollectionId collection, Set<OperationId> ids) {
    return log(collection).known(ids);
  }

  @Override
  public Optional<HeadAndTip> read(CollectionId collection) {
    return call("read", collection, false, log -> headAndTip(log));
  }

  private static Optional<HeadAndTip> headAndTip(CollectionLog log) {
    return Optional.ofNullable(log.head)
        .map(head -> new HeadAndTip(head, Objects.requireNonNullElse(log.tip, Tip.NONE)));
  }

  @Override
  public ReserveResult reserve(
      CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    return call("reserve", collection, true, log -> log.reserve(delta, shape));
  }

  @Override
  public PlaceResult place(CollectionId collection, LogEntry entry) {
    return call("place", entry.sequence(), collection, true, log -> log.place(entry));
  }

  @Override
  public OncePlaced placeOnce(
      CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
    return call(
        "placeOnce", entry.sequence(), collection, true, log -> log.placeOnce(entry, marks));
  }

  @Override
  public VoidResult voidPlace(CollectionId collection, Sequence place) {
    return call("voidPlace", place, collection, true, log -> log.voidPlace(place));
  }

  @Override
  public QuarantineResult quarantine(
      CollectionId collection, LogEntry.Committed entry, String reason) {
    return call(
        "quarantine", entry.sequence(), collection, true, log -> log.quarantine(entry, reason));
  }

  @Override
  public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
    return call("readAfter", after, collection, false, log -> log.readAfter(after, limit));
  }

  @Override
  public Optional<LogEntry> readPlace(CollectionId collection, Sequence place) {
    return call(
        "readPlace", place, collection, false, log -> Optional.ofNullable(log.entries.get(place)));
  }

  @Override
  public TipResult moveTip(CollectionId collection, Tip next) {
    return call("moveTip", next.generation(), collection, true, log -> log.moveTip(next));
  }

  @Override
  public int trim(CollectionId collection, Sequence upTo, int limit) {
    return call("trim", upTo, collection, true, log -> log.trim(upTo, limit));
  }

  @Override
  public void hintFolded(CollectionId collection, Sequence folded) {
    call(
        "hintFolded",
        folded,
        collection,
        true,
        log -> {
          log.hintFolded(folded);
          return folded;
        });
  }

  @Override
  public Optional<Head> raiseOrphanHorizon(CollectionId collection, DeltaId horizon) {
    return call(
        "raiseOrphanHorizon",
        horizon,
        collection,
        true,
        log -> {
          log.raiseOrphanHorizon(horizon);
          return Optional.ofNullable(log.head);
        });
  }

  @Override
  public List<CollectionId> backlogAfter(@Nullable CollectionId after, int limit) {
    return wire.call(new Call("backlogAfter", after + "", false), () -> backlog(after, limit));
  }

  private synchronized List<CollectionId> backlog(@Nullable CollectionId after, int limit) {
    return (after == null ? logs : logs.tailMap(after, false))
        .entrySet().stream()
            .filter(entry -> entry.getValue().mayHaveBacklog())
            .map(entry -> entry.getKey())
            .limit(limit)
            .toList();
  }

  @Override
  public int sweepDropped(CollectionId collection, int limit) {
    return call("sweepDropped", collection, true, log -> log.sweep(limit));
  }

  private <T> T call(
      String name, CollectionId collection, boolean write, Function<CollectionLog, T> effect) {
    return call(name, collection, collection, write, effect);
  }

  private <T> T call(
      String name,
      Object subject,
      CollectionId collection,
      boolean write,
      Function<CollectionLog, T> effect) {
    return wire.call(new Call(name, subject.toString(), write), () -> applied(collection, effect));
  }

  private synchronized <T> T applied(CollectionId collection, Function<CollectionLog, T> effect) {
    return effect.apply(log(collection));
  }

  private CollectionLog log(CollectionId collection) {
    return logs.computeIfAbsent(collection, _ -> new CollectionLog());
  }
}
