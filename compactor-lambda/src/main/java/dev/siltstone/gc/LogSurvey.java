package dev.siltstone.gc;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogEntry.Rollback;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the entries of a log say of deltas. */
final class LogSurvey {
  private static final int PAGE = 1_000;

  private final Sequence folded;
  private final DeltaId oldEnough;
  private final Set<DeltaId> unfolded = new HashSet<>();
  private final Set<DeltaId> foldedDeltas = new HashSet<>();
  private final Set<DeltaId> quarantined = new HashSet<>();
  private final List<Rollback> rollbacks = new ArrayList<>();
  private Sequence trimTo;
  private Sequence lastSeen;
  private boolean trimming = true;

  private LogSurvey(Sequence folded, DeltaId oldEnough) {
    this.folded = folded;
    this.oldEnough = oldEnough;
    this.trimTo = Sequence.ZERO;
    this.lastSeen = folded;
  }

  /**
   * Reads the whole log: what is left of the folded part, and everything after it.
   *
   * @param oldEnough folded deltas above this id are left alone for now
   */
  static LogSurvey of(DeltaLog log, CollectionId collection, Sequence folded, DeltaId oldEnough) {
    LogSurvey survey = new LogSurvey(folded, oldEnough);
    Sequence last = Sequence.ZERO;
    List<LogEntry> page = log.readAfter(collection, last, PAGE);
    while (!page.isEmpty()) {
      page.forEach(survey::add);
      last = page.getLast().sequence();
      page = log.readAfter(collection, last, PAGE);
    }
    return survey;
  }

  boolean isUnfolded(DeltaId delta) {
    return unfolded.contains(delta);
  }

  boolean isFolded(DeltaId delta) {
    return foldedDeltas.contains(delta);
  }

  boolean isQuarantined(DeltaId delta) {
    return quarantined.contains(delta);
  }

  /** Rollbacks that are not folded. */
  List<Rollback> rollbacks() {
    return rollbacks;
  }

  /** Up to here no delta is too young to go. */
  Sequence trimTo() {
    return trimTo;
  }

  /** The last place that is known. */
  Sequence lastSeen() {
    return lastSeen;
  }

  private void add(LogEntry entry) {
    if (entry.sequence().compareTo(lastSeen) > 0) {
      lastSeen = entry.sequence();
    }
    boolean isFolded = entry.sequence().compareTo(folded) <= 0;
    switch (entry) {
      case LogEntry.Committed committed ->
          (isFolded ? foldedDeltas : unfolded).add(committed.delta());
      case LogEntry.Quarantined bad -> quarantined.add(bad.delta());
      case LogEntry.Voided _ -> {}
      case Rollback rollback -> {
        if (!isFolded) {
          rollbacks.add(rollback);
        }
      }
    }
    trimming =
        trimming
            && isFolded
            && !(entry instanceof LogEntry.Committed committed
                && committed.delta().compareTo(oldEnough) > 0);
    if (trimming) {
      trimTo = entry.sequence();
    }
  }
}
