package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.operations.Difference;
import dev.siltstone.operations.Recall;
import dev.siltstone.operations.Verification;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import java.util.List;

/** What checks of snapshots found; not clean if anything differs. */
final class VerifyAnswer {
  private VerifyAnswer() {}

  static Answered of(Collection collection, List<Verification> verifications) {
    Table verified =
        new Table("snapshots", "generation", "files", "bytes", "records", "content", "sound");
    Table differences = new Table("differences", "generation", "where", "what");
    verifications.forEach(found -> add(found, verified, differences));
    boolean sound = differences.isEmpty();
    Report report =
        new Report()
            .fact("collection", Figure.text(collection.name()))
            .fact("sound", Figure.flag(sound))
            .table(verified)
            .table(differences);
    Table recalls = recalls(verifications);
    return new Answered(recalls.isEmpty() ? report : report.table(recalls), sound);
  }

  private static Table recalls(List<Verification> verifications) {
    Table recalls =
        new Table(
            "recall",
            "generation",
            "records",
            "queries",
            "k",
            "ef",
            "seed",
            "found",
            "peer",
            "sampled",
            "peer_found",
            "agreement");
    for (Verification verification : verifications) {
      Recall recall = verification.recall();
      if (recall != null) {
        recalls.row(
            Figure.count(verification.manifest().generation().value()),
            Figure.count(recall.records()),
            Figure.count(recall.queries()),
            Figure.count(recall.k()),
            Figure.count(recall.ef()),
            Figure.count(recall.seed()),
            Figure.share(recall.own()),
            Figure.text(recall.peer()),
            Figure.count(recall.sampled()),
            Figure.share(recall.peers()),
            Figure.share(recall.agreement()));
      }
    }
    return recalls;
  }

  private static void add(Verification found, Table verified, Table differences) {
    Figure generation = Figure.count(found.manifest().generation().value());
    verified.row(
        generation,
        Figure.count(found.files()),
        Figure.bytes(found.bytes()),
        Figure.count(found.records()),
        Figure.text(found.manifest().content()),
        Figure.flag(found.isSound()));
    for (Difference difference : found.differences()) {
      differences.row(generation, Figure.text(difference.where()), Figure.text(difference.what()));
    }
  }
}
