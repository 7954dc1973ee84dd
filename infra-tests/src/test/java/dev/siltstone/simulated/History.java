package dev.siltstone.simulated;

import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.record.StoredRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients were told, and whether one order of all writes explains it. Sequence numbers are the
 * witness, so that each answer is judged by itself: a strong read shows exactly the state after the
 * place it names, which is at or above every place that anybody was told of before the read began.
 */
final class History {
  private final Violations violations;
  private final ReferenceModel model;
  private final List<Write> writes = new ArrayList<>();
  private long highestTold;
  private final Set<DeltaId> refusedRollbacks = new HashSet<>();
  private int reads;

  History(Violations violations, ReferenceModel model) {
    this.violations = violations;
    this.model = model;
  }

  Write begin(Write.Content content) {
    Write write = new Write(writes.size() + 1, content, highestTold);
    writes.add(write);
    return write;
  }

  void acknowledged(Write write, Sequence place) {
    write.acknowledged(place.value());
    told(place);
  }

  /** A write that may arrive again was said to stand, and may be forgotten by who sent it. */
  void stands(Write write) {
    Sequence place = model.placeOf(write);
    if (place == null) {
      throw violations.found("%s is said to stand, and does not".formatted(write));
    }
    acknowledged(write, place);
  }

  /** When all is over: these stand, each at its one place. */
  void checkAllStand(List<Write> sent) {
    for (Write write : sent) {
      violations.require(
          model.placeOf(write) != null, "%s was taken from the queue and is lost", write);
    }
  }

  /** A rollback was reported to stand at its place. */
  void rolledBack(Sequence place) {
    violations.require(
        model.at(place) instanceof LogEntry.Rollback,
        "a rollback was reported at %s, which holds %s",
        place,
        model.at(place));
    told(place);
  }

  /** Whoever tried these rollbacks was told that nothing was rolled back. */
  void refusedRollbacks(Set<DeltaId> operations) {
    refusedRollbacks.addAll(operations);
  }

  /** The highest place that anybody was told of: what a strong read that begins now must show. */
  long highestTold() {
    return highestTold;
  }

  private void told(Sequence place) {
    highestTold = Math.max(highestTold, place.value());
  }

  /** Some place that was told, to use as a freshness token; 0 if there is none. */
  List<Long> tokens() {
    return writes.stream().map(Write::acknowledgedAt).filter(place -> place != null).toList();
  }

  /**
   * A read has answered.
   *
   * @param atLeast the place that it had to show
   * @param records what it showed, by id
   */
  void read(String kind, long atLeast, Sequence shown, Map<?, StoredRecord> records, long count) {
    reads++;
    violations.require(
        shown.value() >= atLeast, "%s read shows %s, must show %d", kind, shown, atLeast);
    Map<?, StoredRecord> expected = model.after(shown).records();
    violations.require(
        expected.equals(records),
        "%s read at %s shows %s, expected %s",
        kind,
        shown,
        records,
        expected);
    violations.require(
        count == expected.size(),
        "%s read at %s counts %d records, expected %d",
        kind,
        shown,
        count,
        expected.size());
    if (kind.equals("strong")) {
      told(shown);
    }
  }

  int reads() {
    return reads;
  }

  /** Acknowledged writes. */
  long acknowledged() {
    return writes.stream().filter(write -> write.acknowledgedAt() != null).count();
  }

  /** When all is over: every write stands where its writer was told, and in the order of time. */
  void check() {
    for (LogEntry entry : model.entries()) {
      violations.require(
          !(entry instanceof LogEntry.Rollback rollback
              && refusedRollbacks.contains(rollback.operation())),
          "%s stands, and whoever asked for it was told that nothing was rolled back",
          entry);
    }
    for (Write write : writes) {
      Sequence place = model.placeOf(write);
      Long told = write.acknowledgedAt();
      if (told != null) {
        checkAcknowledged(write, new Sequence(told), place);
      }
      violations.require(
          place == null || !write.refused(), "%s was refused and stands at %s", write, place);
      violations.require(
          place == null || place.value() > write.floor(),
          "%s stands at %s although %d was told before it began",
          write,
          place,
          write.floor());
    }
  }

  private void checkAcknowledged(Write write, Sequence told, @Nullable Sequence place) {
    if (place == null && write.content() instanceof Write.Content.DeleteNumber(long number)) {
      LogEntry entry = model.at(told);
      violations.require(
          entry instanceof LogEntry.Voided,
          "%s had nothing to do, and %s holds %s",
          write,
          told,
          entry);
      Map<?, StoredRecord> before = model.after(new Sequence(told.value() - 1)).records();
      violations.require(
          before.values().stream().noneMatch(record -> ReferenceModel.hasNumber(record, number)),
          "%s at %s found nothing in %s",
          write,
          told,
          before);
    } else {
      violations.require(
          told.equals(place), "%s was acknowledged at %s and stands at %s", write, told, place);
    }
  }
}
