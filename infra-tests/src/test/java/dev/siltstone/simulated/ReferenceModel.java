package dev.siltstone.simulated;

import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the collection has to be: what was put at each place of the log first, and the state after
 * each place. It learns of places from {@link Watch}, never from the log's answers.
 */
final class ReferenceModel {
  /** All records after some place, and the sum of their checksums. */
  record State(Map<RecordId, StoredRecord> records, ContentChecksum content) {}

  private final Violations violations;
  private final TreeMap<Sequence, LogEntry> places = new TreeMap<>();
  private final Map<DeltaId, List<Write>> writes = new HashMap<>();
  private final Map<Write, Sequence> standing = new HashMap<>();
  private final Map<Generation, Sequence> foldedBy = new HashMap<>();
  private final List<State> states = new ArrayList<>();

  ReferenceModel(Violations violations) {
    this.violations = violations;
    states.add(new State(Map.of(), ContentChecksum.EMPTY));
  }

  /** A writer stores its write under this id. */
  void uses(Write write, DeltaId id) {
    uses(List.of(write), id);
  }

  /** Writes share the delta of this id, one after another. */
  void uses(List<Write> together, DeltaId id) {
    writes.put(id, together);
  }

  /** A version was published that folds everything up to a place. */
  void published(Generation generation, Sequence folded) {
    foldedBy.put(generation, folded);
  }

  /** An entry stands at its place; what stood there before must have been the same delta. */
  void settled(LogEntry entry) {
    LogEntry before = places.get(entry.sequence());
    if (entry.equals(before)) {
      return;
    }
    violations.require(
        before == null || isVerdictOn(before, entry),
        "place %s held %s and now holds %s",
        entry.sequence(),
        before,
        entry);
    places.put(entry.sequence(), entry);
    for (Write write : writesAt(entry)) {
      Sequence earlier = standing.putIfAbsent(write, entry.sequence());
      violations.require(
          earlier == null || earlier.equals(entry.sequence()),
          "%s stands at %s and at %s",
          write,
          earlier,
          entry.sequence());
    }
  }

  private static boolean isVerdictOn(LogEntry before, LogEntry now) {
    return before instanceof LogEntry.Committed committed
        && now instanceof LogEntry.Quarantined verdict
        && committed.delta().equals(verdict.delta());
  }

  /** The writes that an entry commits, in their order; one, if they do not share a delta. */
  List<Write> writesAt(LogEntry entry) {
    return switch (entry) {
      case LogEntry.Committed committed -> writes.getOrDefault(committed.delta(), List.of());
      case LogEntry.Quarantined quarantined -> writes.getOrDefault(quarantined.delta(), List.of());
      case LogEntry.Voided _ -> List.of();
      case LogEntry.Rollback _ -> List.of();
    };
  }

  @Nullable LogEntry at(Sequence place) {
    return places.get(place);
  }

  /** All places known, in order. */
  List<LogEntry> entries() {
    return List.copyOf(places.values());
  }

  /** Where a write stands; null if it does not. */
  @Nullable Sequence placeOf(Write write) {
    return standing.get(write);
  }

  /** The state after a place, all places up to which must be settled. */
  State after(Sequence place) {
    while (states.size() <= place.value()) {
      Sequence next = new Sequence(states.size());
      LogEntry entry = places.get(next);
      if (entry == null) {
        throw violations.found("place %s is relied on before it is settled".formatted(next));
      }
      states.add(after(states.getLast(), entry));
    }
    return states.get((int) place.value());
  }

  private State after(State before, LogEntry entry) {
    if (entry instanceof LogEntry.Rollback rollback) {
      Sequence folded = foldedBy.get(rollback.target());
      if (folded == null) {
        throw violations.found("%s goes back to what was never published".formatted(rollback));
      }
      return states.get((int) folded.value());
    }
    List<Write> together = writesAt(entry);
    return together.isEmpty() ? before : after(before, entry.sequence(), together);
  }

  private static State after(State before, Sequence place, List<Write> together) {
    Map<RecordId, StoredRecord> records = new HashMap<>(before.records());
    int index = 0;
    for (Write write : together) {
      switch (write.content()) {
        case Write.Content.Operations(List<Operation> operations) -> {
          for (Operation operation : operations) {
            PlainFold.apply(records, operation, new OrderKey(place.value(), index++));
          }
        }
        case Write.Content.DeleteNumber(long number) ->
            records.values().removeIf(record -> hasNumber(record, number));
        case Write.Content.Unreadable _ -> {}
      }
    }
    ContentChecksum content = ContentChecksum.EMPTY;
    for (StoredRecord record : records.values()) {
      content = content.plus(RecordChecksum.of(record));
    }
    return new State(records, content);
  }

  static boolean hasNumber(StoredRecord record, long number) {
    return new IntValue(number).equals(record.metadata().get("n"));
  }
}
