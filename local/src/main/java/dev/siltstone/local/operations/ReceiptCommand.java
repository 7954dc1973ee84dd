package dev.siltstone.local.operations;

import dev.siltstone.collection.Collection;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.operations.Receipts;
import dev.siltstone.operations.WriteState;
import dev.siltstone.snapshot.RolledBack;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What has become of a write. */
@Command(
    name = "receipt",
    description = {
      "Says what has become of a write: accepted, folded and in which snapshot, void, or"
          + " quarantined and why.",
      "Exits with 1 if the write is quarantined or unknown."
    },
    mixinStandardHelpOptions = true)
public final class ReceiptCommand implements Callable<Integer> {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private CollectionOptions collections = new CollectionOptions();

  @Parameters(index = "0", paramLabel = "COLLECTION", description = "Its name or id.")
  private String collection = "";

  @Parameters(
      index = "1",
      paramLabel = "WRITE",
      description = "Its sequence (the freshness token), or its delta's id.")
  private String write = "";

  @Override
  public Integer call() {
    try (LocalStore store = options.open()) {
      Collection found = collections.find(store.catalog(), collection);
      WriteState state = state(new Receipts(store.log(), store.snapshots()), found.id());
      Report report =
          new Report()
              .fact("collection", Figure.text(found.name()))
              .fact("write", Figure.text(write));
      options.show(described(report, state));
      boolean bad = state instanceof WriteState.SetAside || state instanceof WriteState.Unknown;
      return bad ? 1 : 0;
    }
  }

  private WriteState state(Receipts receipts, CollectionId id) {
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
