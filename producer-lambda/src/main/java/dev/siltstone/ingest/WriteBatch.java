package dev.siltstone.ingest;

import dev.siltstone.api.json.WriteRequest;
import dev.siltstone.record.RecordId;
import java.util.ArrayList;
import java.util.List;

/** What one write asks for, well-formed in itself; becomes one delta. */
public sealed interface WriteBatch {
  CollectionRef collection();

  /** How many operations it makes. */
  int size();

  /** Add, upsert or update records. Their vectors may still have to be made. */
  record Records(CollectionRef collection, WriteRequest request) implements WriteBatch {
    @Override
    public int size() {
      return request.size();
    }
  }

  /** Some batches, one after another. */
  record Several(CollectionRef collection, List<WriteBatch> batches) implements WriteBatch {
    public Several {
      batches = List.copyOf(batches);
    }

    @Override
    public int size() {
      return batches.stream().mapToInt(WriteBatch::size).sum();
    }
  }

  /**
   * The same operations in as few batches as possible: neighbours of one kind are joined, so that a
   * model makes their vectors together.
   *
   * @param batches of one collection
   */
  static List<WriteBatch> joined(List<WriteBatch> batches) {
    List<WriteBatch> joined = new ArrayList<>();
    List<WriteRequest> alike = new ArrayList<>();
    CollectionRef collection = null;
    for (WriteBatch batch : batches) {
      boolean goesOn =
          batch instanceof Records records
              && (alike.isEmpty() || alike.getFirst().isLike(records.request()));
      if (!goesOn && collection != null && !alike.isEmpty()) {
        joined.add(new Records(collection, WriteRequest.joined(alike)));
        alike.clear();
      }
      collection = batch.collection();
      if (batch instanceof Records records) {
        alike.add(records.request());
      } else {
        joined.add(batch);
      }
    }
    if (collection != null && !alike.isEmpty()) {
      joined.add(new Records(collection, WriteRequest.joined(alike)));
    }
    return joined;
  }

  /** Delete records by id, known or not. */
  record Deletion(CollectionRef collection, List<RecordId> ids) implements WriteBatch {
    public Deletion {
      ids = List.copyOf(ids);
    }

    @Override
    public int size() {
      return ids.size();
    }
  }
}
