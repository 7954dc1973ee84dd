package dev.siltstone.ingest;

import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.OperationId;
import dev.siltstone.ingest.Preparation.Prepared;
import dev.siltstone.log.Head;
import dev.siltstone.log.OperationMarks;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A delta in the making, of several writes of one collection. */
final class SharedDelta {
  private final CollectionId collection;
  private final Preparation preparation;
  private final List<QueuedWrite> writes = new ArrayList<>();
  private final Map<OperationId, Prepared> prepared = new LinkedHashMap<>();
  private @Nullable VectorShape shape;
  private int operations;

  SharedDelta(CollectionId collection, Preparation preparation) {
    this.collection = collection;
    this.preparation = preparation;
  }

  CollectionId collection() {
    return collection;
  }

  boolean hasRoomFor(QueuedWrite write) {
    return prepared.size() < OperationMarks.MOST
        && operations + write.batch().size() <= preparation.limits().maxOperations();
  }

  /**
   * Takes a write in, unless it has one with its id already.
   *
   * @throws dev.siltstone.failure.SiltstoneException if it does not fit the collection, or those
   *     that are in
   */
  void add(QueuedWrite write) {
    if (!prepared.containsKey(write.id())) {
      Head head = preparation.head(collection, write.batch());
      Prepared added = preparation.prepare(write.batch(), Shapes.asIfFixed(head, shape));
      prepared.put(write.id(), added);
      operations += added.operations().size();
      shape = Shapes.common(shape, added.shape());
    }
    writes.add(write);
  }

  /** What became part of it, repetitions of one write included. */
  List<QueuedWrite> writes() {
    return List.copyOf(writes);
  }

  Set<OperationId> ids() {
    return Set.copyOf(prepared.keySet());
  }

  boolean isEmpty() {
    return prepared.isEmpty();
  }

  void leaveOut(Set<OperationId> done) {
    prepared.keySet().removeAll(done);
  }

  /** Of its vectors, or null if it carries none. */
  @Nullable VectorShape shape() {
    return shape;
  }

  EncodedDelta encode(DeltaId id) {
    List<Operation> all = new ArrayList<>();
    prepared.values().forEach(each -> all.addAll(each.operations()));
    return preparation.encode(collection, id, new Prepared(all, shape));
  }
}
