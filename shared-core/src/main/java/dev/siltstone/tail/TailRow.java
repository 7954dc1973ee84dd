package dev.siltstone.tail;

import dev.siltstone.identity.Sequence;
import dev.siltstone.record.StoredRecord;

/** One version of a record that lives in the tail, and the sequences in which it does. */
public final class TailRow {
  private final StoredRecord record;
  private final int index;
  private final long from;
  private volatile long until = Long.MAX_VALUE;

  TailRow(StoredRecord record, int index, Sequence from) {
    this.record = record;
    this.index = index;
    this.from = from.value();
  }

  public StoredRecord record() {
    return record;
  }

  /** Its number among all rows of the tail, which is also its vector's. */
  public int index() {
    return index;
  }

  boolean liveAt(Sequence sequence) {
    return from <= sequence.value() && sequence.value() < until;
  }

  void end(Sequence place) {
    until = place.value();
  }
}
