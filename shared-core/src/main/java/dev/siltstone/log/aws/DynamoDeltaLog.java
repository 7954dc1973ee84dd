package dev.siltstone.log.aws;

import static dev.siltstone.aws.TableLayout.FOLDED;
import static dev.siltstone.aws.TableLayout.KIND;
import static dev.siltstone.aws.TableLayout.REASON;
import static dev.siltstone.aws.TableLayout.TTL;
import static dev.siltstone.aws.TableLayout.UNFOLDED;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableQuery;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult;
import dev.siltstone.aws.WriteResult.Applied;
import dev.siltstone.aws.WriteResult.Refused;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
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
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log as items of the one table. What each step costs: {@link #read} one batch read of two
 * items; {@link #reserve} and {@link #place} one single-item write each; {@link #voidPlace} and
 * {@link #quarantine} one transaction of two items, {@link #placeOnce} one of an item for each id
 * and the place, none of them the hot head.
 */
public final class DynamoDeltaLog implements DeltaLog {
  private static final String RESERVE = "ADD #next_sequence :one SET #backlog = :backlog";
  private static final String FIX_DIMENSION =
      ", #dimension = if_not_exists(#dimension, :dimension)";
  private static final String FIX_FUNCTION =
      ", #embedding_function = if_not_exists(#embedding_function, :embedding_function)";
  private static final String ABOVE_HORIZON =
      "attribute_exists(#pk)"
          + " AND (attribute_not_exists(#orphan_horizon) OR #orphan_horizon < :delta)";
  private static final String SAME_DIMENSION =
      " AND (attribute_not_exists(#dimension) OR #dimension = :dimension)";
  private static final String SAME_FUNCTION =
      " AND (attribute_not_exists(#embedding_function)"
          + " OR #embedding_function = :embedding_function)";
  private static final String NOT_PASSED = "attribute_not_exists(#pk) OR #folded < :place";

  private final AwsTable table;

  public DynamoDeltaLog(AwsTable table) {
    this.table = table;
  }

  @Override
  public Optional<HeadAndTip> read(CollectionId collection) {
    Item headKey = TableLayout.head(collection);
    Item tipKey = TableLayout.tip(collection);
    Map<Item, Item> found = table.getAll(List.of(headKey, tipKey));
    @Nullable Item head = found.get(headKey);
    @Nullable Item tip = found.get(tipKey);
    return head == null
        ? Optional.empty()
        : Optional.of(
            new HeadAndTip(HeadItem.head(head), tip == null ? Tip.NONE : HeadItem.tip(tip)));
  }

  @Override
  public Optional<Head> readHead(CollectionId collection) {
    return table.get(TableLayout.head(collection)).map(HeadItem::head);
  }

  @Override
  public ReserveResult reserve(
      CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    return switch (table.writeOnce(reservation(collection, delta, shape))) {
      case Applied applied -> {
        Head head = HeadItem.head(applied.item());
        yield new ReserveResult.Reserved(head.lastReserved(), head);
      }
      case Refused refused -> whyNotReserved(refused.found(), delta);
    };
  }

  private static TableWrite reservation(
      CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    StringBuilder update = new StringBuilder(RESERVE);
    StringBuilder condition = new StringBuilder(ABOVE_HORIZON);
    if (shape != null) {
      update.append(FIX_DIMENSION);
      condition.append(SAME_DIMENSION);
    }
    if (shape != null && shape.embeddingFunction() != null) {
      update.append(FIX_FUNCTION);
      condition.append(SAME_FUNCTION);
    }
    TableWrite write =
        TableWrite.update(TableLayout.head(collection), update.toString())
            .when(condition.toString())
            .value("one", 1)
            .value("backlog", UNFOLDED)
            .value("delta", delta.toString());
    return shape == null ? write : withShape(write, shape);
  }

  private static TableWrite withShape(TableWrite write, VectorShape shape) {
    TableWrite sized = write.value("dimension", shape.dimension());
    String function = shape.embeddingFunction();
    return function == null ? sized : sized.value("embedding_function", function);
  }

  private static ReserveResult whyNotReserved(Item found, DeltaId delta) {
    if (found.isEmpty()) {
      return new ReserveResult.CollectionGone();
    }
    Head head = HeadItem.head(found);
    DeltaId horizon = head.orphanHorizon();
    return horizon != null && delta.compareTo(horizon) <= 0
        ? new ReserveResult.BelowHorizon(horizon)
        : new ReserveResult.ShapeDiffers(
            new VectorShape(head.dimension(), head.embeddingFunction()));
  }

  @Override
  public PlaceResult place(CollectionId collection, LogEntry entry) {
    if (entry instanceof LogEntry.Voided || entry instanceof LogEntry.Quarantined) {
      throw new IllegalArgumentException("a writer places no such entry: " + entry);
    }
    TableWrite put = TableWrite.put(LogItem.encode(collection, entry)).whenAbsent();
    return switch (table.write(put)) {
      case Applied _ -> new PlaceResult.Placed();
      case Refused refused -> whoTook(LogItem.decode(refused.found()), collection, entry);
    };
  }

  @Override
  public OncePlaced placeOnce(
      CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
    List<OperationId> ids = List.copyOf(marks.ids());
    List<TableWrite> writes = new ArrayList<>();
    writes.add(TableWrite.put(LogItem.encode(collection, entry)).whenAbsent());
    ids.forEach(id -> writes.add(mark(collection, id, marks.until())));
    return switch (table.transact(writes.toArray(TableWrite[]::new))) {
      case Applied _ -> new OncePlaced.Settled(new PlaceResult.Placed());
      case Refused refused -> whyNotOnce(refused, collection, entry, ids);
    };
  }

  private static TableWrite mark(CollectionId collection, OperationId id, Instant until) {
    return TableWrite.put(TableLayout.operation(collection, id).with(TTL, until.getEpochSecond()))
        .whenAbsent();
  }

  /** My own entry brought the ids with it; anything else there says nothing of them. */
  private static OncePlaced whyNotOnce(
      Refused refused, CollectionId collection, LogEntry.Committed mine, List<OperationId> ids) {
    if (refused.by(0)) {
      return new OncePlaced.Settled(whoTook(LogItem.decode(refused.found(0)), collection, mine));
    }
    Set<OperationId> repeated = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      if (refused.by(i + 1)) {
        repeated.add(ids.get(i));
      }
    }
    return new OncePlaced.Repeated(repeated);
  }

  private static PlaceResult whoTook(LogEntry found, CollectionId collection, LogEntry mine) {
    return switch (found) {
      case LogEntry.Voided _ -> new PlaceResult.TakenByVoid();
      case LogEntry.Quarantined bad
          when mine instanceof LogEntry.Committed own && own.delta().equals(bad.delta()) ->
          new PlaceResult.QuarantinedMeanwhile(bad.reason());
      case LogEntry.Committed other when other.equals(mine) -> new PlaceResult.Placed();
      case LogEntry.Rollback other when other.equals(mine) -> new PlaceResult.Placed();
      case LogEntry.Committed other -> throw taken(collection, mine, other.delta());
      case LogEntry.Quarantined other -> throw taken(collection, mine, other.delta());
      case LogEntry.Rollback other -> throw taken(collection, mine, other.operation());
    };
  }

  private static CorruptDataException taken(CollectionId collection, LogEntry mine, DeltaId other) {
    return new CorruptDataException(
        "place %s of collection %s holds %s, which another writer put there"
            .formatted(mine.sequence(), collection, other));
  }

  @Override
  public VoidResult voidPlace(CollectionId collection, Sequence place) {
    LogEntry nothing = new LogEntry.Voided(place);
    WriteResult result =
        table.transact(
            tipHasNotPassed(collection, place),
            TableWrite.put(LogItem.encode(collection, nothing)).whenAbsent());
    return switch (result) {
      case Applied _ -> new VoidResult.Filled(nothing);
      case Refused refused when refused.by(0) -> new VoidResult.TipHasPassed();
      case Refused refused -> new VoidResult.Filled(LogItem.decode(refused.found(1)));
    };
  }

  @Override
  public QuarantineResult quarantine(
      CollectionId collection, LogEntry.Committed entry, String reason) {
    WriteResult result =
        table.transact(
            tipHasNotPassed(collection, entry.sequence()),
            TableWrite.update(
                    TableLayout.place(collection, entry.sequence()),
                    "SET #kind = :quarantined, #reason = :reason")
                .when("#kind = :committed AND #delta = :delta")
                .value("quarantined", LogItem.QUARANTINED)
                .value("committed", LogItem.COMMITTED)
                .value("delta", entry.delta().toString())
                .value("reason", reason));
    return switch (result) {
      case Applied _ -> new QuarantineResult.Verdict(LogItem.quarantined(entry, reason));
      case Refused refused when standsQuarantined(refused, entry) ->
          new QuarantineResult.Verdict(LogItem.quarantined(entry, refused.found(1).text(REASON)));
      case Refused refused when refused.by(0) -> new QuarantineResult.TipHasPassed();
      case Refused refused -> throw notTheEntry(collection, entry, refused.found(1));
    };
  }

  private static boolean standsQuarantined(Refused refused, LogEntry.Committed entry) {
    return refused.by(1)
        && !refused.found(1).isEmpty()
        && LogItem.decode(refused.found(1)) instanceof LogEntry.Quarantined standing
        && standing.delta().equals(entry.delta());
  }

  private static CorruptDataException notTheEntry(
      CollectionId collection, LogEntry.Committed entry, Item found) {
    return new CorruptDataException(
        "place %s of collection %s holds %s, not delta %s, which was to be quarantined"
            .formatted(
                entry.sequence(),
                collection,
                found.isEmpty() ? "nothing" : LogItem.decode(found),
                entry.delta()));
  }

  private static TableWrite tipHasNotPassed(CollectionId collection, Sequence place) {
    return TableWrite.check(TableLayout.tip(collection))
        .when(NOT_PASSED)
        .value("place", place.value());
  }

  @Override
  public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
    TableQuery query =
        TableQuery.after(TableLayout.log(collection), BigInteger.valueOf(after.value()));
    return table.query(query, limit).stream().map(LogItem::decode).toList();
  }

  @Override
  public Optional<LogEntry> readPlace(CollectionId collection, Sequence place) {
    return table.get(TableLayout.place(collection, place)).map(LogItem::decode);
  }

  @Override
  public TipResult moveTip(CollectionId collection, Tip next) {
    if (next.generation().equals(Generation.ZERO.next())) {
      return createTip(collection, next);
    }
    return switch (table.write(raiseTip(collection, next))) {
      case Applied _ -> new TipResult.Moved();
      case Refused refused when refused.found().isEmpty() -> createTip(collection, next);
      case Refused refused -> alreadyThere(refused.found());
    };
  }

  private static TableWrite raiseTip(CollectionId collection, Tip next) {
    return TableWrite.put(HeadItem.tip(collection, next))
        .when("attribute_exists(#pk) AND #generation < :generation")
        .value("generation", next.generation().value());
  }

  /** Only the first publish meets no tip, or a run whose collection was dropped and swept. */
  private TipResult createTip(CollectionId collection, Tip first) {
    WriteResult result =
        table.transact(
            TableWrite.check(TableLayout.head(collection)).whenPresent(),
            TableWrite.put(HeadItem.tip(collection, first)).whenAbsent());
    return switch (result) {
      case Applied _ -> new TipResult.Moved();
      case Refused refused when refused.by(0) -> new TipResult.CollectionGone();
      case Refused refused when isBelow(HeadItem.tip(refused.found(1)), first) ->
          moveTip(collection, first);
      case Refused refused -> alreadyThere(refused.found(1));
    };
  }

  /** Somebody has created a tip meanwhile, and not as high. */
  private static boolean isBelow(Tip found, Tip next) {
    return found.generation().compareTo(next.generation()) < 0;
  }

  private static TipResult alreadyThere(Item found) {
    return new TipResult.AlreadyThere(HeadItem.tip(found));
  }

  @Override
  public int trim(CollectionId collection, Sequence upTo, int limit) {
    long passed = table.get(TableLayout.tip(collection)).map(tip -> tip.number(FOLDED)).orElse(0L);
    BigInteger last = BigInteger.valueOf(Math.min(passed, upTo.value()));
    TableQuery folded =
        TableQuery.upTo(TableLayout.log(collection), last)
            .whereEither(KIND, LogItem.COMMITTED, LogItem.ROLLBACK)
            .keys();
    return deleteFound(folded, limit);
  }

  @Override
  public void hintFolded(CollectionId collection, Sequence folded) {
    TableWrite done =
        TableWrite.update(
                TableLayout.head(collection), "SET #folded_hint = :folded REMOVE #backlog")
            .when("#next_sequence = :next")
            .value("folded", folded.value())
            .value("next", folded.value() + 1);
    if (table.write(done) instanceof Refused refused && !refused.found().isEmpty()) {
      raiseHint(collection, folded);
    }
  }

  private void raiseHint(CollectionId collection, Sequence folded) {
    table.write(
        TableWrite.update(TableLayout.head(collection), "SET #folded_hint = :folded")
            .when("#folded_hint < :folded")
            .value("folded", folded.value()));
  }

  @Override
  public Optional<Head> raiseOrphanHorizon(CollectionId collection, DeltaId horizon) {
    TableWrite raise =
        TableWrite.update(TableLayout.head(collection), "SET #orphan_horizon = :horizon")
            .when(
                "attribute_exists(#pk)"
                    + " AND (attribute_not_exists(#orphan_horizon) OR #orphan_horizon < :horizon)")
            .value("horizon", horizon.toString());
    Item item =
        switch (table.write(raise)) {
          case Applied applied -> applied.item();
          case Refused refused -> refused.found();
        };
    return item.isEmpty() ? Optional.empty() : Optional.of(HeadItem.head(item));
  }

  @Override
  public List<CollectionId> backlogAfter(@Nullable CollectionId after, int limit) {
    return table.backlog(UNFOLDED, TableLayout.headAfter(after), limit).stream()
        .map(TableLayout::collectionOfHead)
        .toList();
  }

  @Override
  public int sweepDropped(CollectionId collection, int limit) {
    if (table.get(TableLayout.head(collection)).isPresent()) {
      return 0;
    }
    int swept = deleteFound(TableQuery.of(TableLayout.log(collection)).keys(), limit);
    if (swept < limit) {
      table.write(TableWrite.delete(TableLayout.tip(collection)));
    }
    return swept;
  }

  private int deleteFound(TableQuery query, int limit) {
    List<Item> keys = table.query(query, limit);
    table.deleteAll(keys);
    return keys.size();
  }
}
