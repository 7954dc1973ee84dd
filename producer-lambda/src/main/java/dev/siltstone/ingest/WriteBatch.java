package dev.siltstone.ingest;

import dev.siltstone.api.json.WriteRequest;
import dev.siltstone.record.RecordId;
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
