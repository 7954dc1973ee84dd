package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.operations.Receipts;
import dev.siltstone.operations.WriteState;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.snapshot.RolledBack;
import java.util.regex.Pattern;

/** What has become of a write; not clean if it is quarantined or unknown. */
final class ReceiptAnswer {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private ReceiptAnswer() {}

  static Answered of(Collection collection, String write, Receipts receipts) {
    WriteState state = state(receipts, collection.id(), write);
    Report report =
        new Report()
            .fact("collection", Figure.text(collection.name()))
            .fact("write", Figure.text(write));
    boolean bad = state instanceof WriteState.SetAside || state instanceof WriteState.Unknown;
    return new Answered(described(report, state), !bad);
  }

  private static WriteState state(Receipts receipts, CollectionId id, String write) {
    return NUMBER.matcher(write).matches()
        ? receipts.of(id, new Sequence(Long.parseLong(write)))
        : receipts.of(id, DeltaId.parse(write));
  }

  private static Report described(Report report, WriteState state) {
    return switch (state) {
      case WriteState.Accepted(var entry) ->
          report
              .fact("state", Figure.text("accepted"))
              .fact("sequence", Figure.count(entry.sequence().value()))
              .fact("delta", Figure.text(entry.delta()))
              .fact("operations", Figure.count(entry.count()));
      case WriteState.Folded folded -> folded(report, folded);
      case WriteState.Voided(Sequence sequence) ->
          report
              .fact("state", Figure.text("void"))
              .fact("sequence", Figure.count(sequence.value()));
      case WriteState.SetAside(var entry) ->
          report
              .fact("state", Figure.text("quarantined"))
              .fact("sequence", Figure.count(entry.sequence().value()))
              .fact("delta", Figure.text(entry.delta()))
              .fact("reason", Figure.text(entry.reason()));
      case WriteState.RollsBack(var entry, boolean folded) ->
          report
              .fact("state", Figure.text(folded ? "rollback, folded" : "rollback, accepted"))
              .fact("sequence", Figure.count(entry.sequence().value()))
              .fact("target", Figure.count(entry.target().value()));
      case WriteState.Unfilled(Sequence sequence) ->
          report
              .fact("state", Figure.text("reserved, not filled"))
              .fact("sequence", Figure.count(sequence.value()));
      case WriteState.Unknown(String why) ->
          report.fact("state", Figure.text("unknown")).fact("reason", Figure.text(why));
    };
  }

  private static Report folded(Report report, WriteState.Folded folded) {
    RolledBack rollback = folded.givenUpBy();
    report
        .fact("state", Figure.text(rollback == null ? "folded" : "folded, and rolled back"))
        .fact("sequence", Figure.count(folded.sequence().value()))
        .fact("folded_in_generation", Figure.text(folded.generation()));
    if (rollback != null) {
      report
          .fact("rolled_back_by", Figure.count(rollback.sequence().value()))
          .fact("readable_as_of", Figure.count(rollback.before().value()));
    }
    return report;
  }
}
