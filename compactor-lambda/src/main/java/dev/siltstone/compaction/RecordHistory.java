package dev.siltstone.compaction;

import dev.siltstone.record.Fold;
import dev.siltstone.record.Operation;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of the log asks for one id, in order. Only what follows the last delete decides
 * what becomes of the record, so that a delete asks for nothing of the record that it removes.
 */
final class RecordHistory {
  private final List<Placed> decisive = new ArrayList<>();
  private boolean deletes;

  void append(Operation operation, OrderKey place) {
    if (operation instanceof Operation.Delete) {
      decisive.clear();
      deletes = true;
    } else {
      decisive.add(new Placed(operation, place));
    }
  }

  /** Whether a record that exists before stays exactly as it is: there are only adds. */
  boolean leavesExisting() {
    return !deletes && decisive.stream().allMatch(one -> one.operation instanceof Operation.Add);
  }

  /** Whether the outcome depends on what an existing record holds. */
  boolean readsExisting() {
    return !deletes && !leavesExisting();
  }

  /**
   * The record afterwards, or null if there is none.
   *
   * @param existing the record before; looked at only if {@link #readsExisting}
   */
  @Nullable StoredRecord fold(@Nullable StoredRecord existing) {
    StoredRecord record = deletes ? null : existing;
    for (Placed next : decisive) {
      record = Fold.apply(record, next.operation, next.place);
    }
    return record;
  }

  private record Placed(Operation operation, OrderKey place) {}
}
