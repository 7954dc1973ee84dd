package dev.siltstone.tail;

import dev.siltstone.identity.Sequence;
import dev.siltstone.record.Operation;
import java.util.List;

/** One place of the log and what it asks for; nothing if it is void or quarantined. */
public record LogPlace(Sequence sequence, List<Operation> operations) {
  public LogPlace {
    operations = List.copyOf(operations);
  }
}
