package dev.siltstone.query;

import dev.siltstone.api.json.DeleteRequest;
import dev.siltstone.collection.Collection;
import dev.siltstone.concurrency.Turns;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Commit;
import dev.siltstone.log.Receipt;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailView;
import dev.siltstone.time.Clock;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.Consistency;
import dev.siltstone.view.ReadView;
import dev.siltstone.view.SoonCollection;
import dev.siltstone.where.FilterBreadth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes records. By ids it is a write like any other. By condition it reserves its place in the
 * log, evaluates the condition on the view at exactly the place before, and then says there which
 * ids go: so it can neither miss an earlier write nor swallow a later one.
 *
 * <p>Readers leave an open place alone for a short while only. So the condition is evaluated before
 * a place is reserved, as long as that may take, and then only what has changed since is looked at.
 * Each such delete waits for the places before its own: a process has one under way for each
 * collection, and of several processes none loses its place while those before it get on ({@link
 * dev.siltstone.log.LogReader.Grace}).
 */
public final class RecordDeletion {
  private static final Logger LOG = LoggerFactory.getLogger(RecordDeletion.class);

  private final Commit commit;
  private final CollectionViews views;
  private final NoticeQueue notices;
  private final Clock clock;
  private final Turns<CollectionId> turns = new Turns<>();

  public RecordDeletion(Commit commit, CollectionViews views, NoticeQueue notices, Clock clock) {
    this.commit = commit;
    this.views = views;
    this.notices = notices;
    this.clock = clock;
  }

  /** How many records a delete concerned, and its place in the log; no place if it had none. */
  record Deleted(int count, Optional<Sequence> token) {}

  Deleted delete(Collection collection, DeleteRequest request) {
    if (request.filtered()) {
      return announced(collection.id(), byCondition(collection, request));
    }
    List<RecordId> ids = request.ids();
    if (ids == null || ids.isEmpty()) {
      return new Deleted(0, Optional.empty());
    }
    new FilterBreadth().countIds(ids.size());
    return announced(collection.id(), byIds(collection.id(), ids));
  }

  private Deleted byIds(CollectionId collection, List<RecordId> ids) {
    List<Operation> operations = deletes(ids);
    Receipt receipt =
        commit.commit(collection, null, delta -> encoded(collection, delta, operations));
    return new Deleted(ids.size(), Optional.of(receipt.sequence()));
  }

  private Deleted byCondition(Collection collection, DeleteRequest request) {
    RecordFilter filter = RecordFilter.of(request.ids(), request.where(), request.whereDocument());
    Integer asked = request.limit();
    int limit = asked == null ? Integer.MAX_VALUE : asked;
    try (ReadView early = views.open(SoonCollection.of(collection), Consistency.STRONG)) {
      FilteredRecords found = FilteredRecords.in(early.records(), filter);
      Receipt receipt =
          turns.take(
              collection.id(),
              () ->
                  commit.commitAt(
                      collection.id(),
                      (place, delta) -> decide(collection, found, limit, place, delta)));
      return new Deleted(receipt.count(), Optional.of(receipt.sequence()));
    }
  }

  /** What to write at a place: deletes of the ids that match just before it. */
  private Commit.Decision decide(
      Collection collection, FilteredRecords found, int limit, Sequence place, DeltaId delta) {
    Optional<ReadView> before = views.openAt(collection, new Sequence(place.value() - 1));
    if (before.isEmpty()) {
      return new Commit.Decision.PlaceLost();
    }
    try (ReadView view = before.get()) {
      TailView records = view.records();
      List<RecordId> ids =
          found.in(records).first(limit).stream().map(match -> id(records, match)).toList();
      return ids.isEmpty()
          ? new Commit.Decision.NothingToDo()
          : new Commit.Decision.Write(encoded(collection.id(), delta, deletes(ids)));
    }
  }

  private Deleted announced(CollectionId collection, Deleted deleted) {
    try {
      notices.send(new Notice(collection), Duration.ZERO);
    } catch (SiltstoneException e) {
      LOG.warn("collection {}: notice not sent, the sweep will find it", collection, e);
    }
    return deleted;
  }

  private EncodedDelta encoded(CollectionId collection, DeltaId id, List<Operation> operations) {
    return DeltaWriter.encode(new Delta(collection, id, 0, null, clock.now(), operations));
  }

  private static List<Operation> deletes(List<RecordId> ids) {
    return ids.stream().<Operation>map(Operation.Delete::new).toList();
  }

  private static RecordId id(TailView view, RecordPlace place) {
    return switch (place) {
      case RecordPlace.InTail in -> in.row().record().id();
      case RecordPlace.InSnapshot in ->
          view.base().segments().get(in.address().segment()).reader().id(in.address().row());
    };
  }
}
