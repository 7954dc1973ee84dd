package dev.siltstone.operations.command;

import dev.siltstone.gc.Amount;
import dev.siltstone.gc.Cause;
import dev.siltstone.gc.DroppedCollections.Swept;
import dev.siltstone.gc.GcReport;
import dev.siltstone.gc.GcReport.Outcome;
import dev.siltstone.gc.KeptBecause;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a collection of garbage did, or would do; not clean if one was refused. */
final class GarbageAnswer {
  private GarbageAnswer() {}

  /**
   * An answer.
   *
   * @param swept what was done about dropped collections; null if that was not asked for
   */
  static Answered of(Map<CollectionId, GcReport> reports, @Nullable Swept swept) {
    Report report = new Report();
    if (swept != null) {
      report
          .fact("swept_collections", Figure.count(swept.collections()))
          .fact("swept_objects", Figure.count(swept.objects().objects()))
          .fact("swept_bytes", Figure.bytes(swept.objects().bytes()))
          .fact("complete", Figure.flag(swept.complete()));
    }
    return new Answered(
        report.table(outcomes(reports)).table(causes(reports)).table(kept(reports)),
        reports.values().stream().noneMatch(one -> one.outcome() == Outcome.REFUSED));
  }

  private static Table outcomes(Map<CollectionId, GcReport> reports) {
    Table table =
        new Table("collections", "collection", "outcome", "objects", "bytes", "trimmed", "why");
    reports.forEach((id, report) ->
        table.row(
            Figure.text(id),
            Figure.text(report.outcome()),
            Figure.count(report.total().objects()),
            Figure.bytes(report.total().bytes()),
            Figure.count(report.trimmed()),
            Figure.text(report.why())));
    return table;
  }

  private static Table causes(Map<CollectionId, GcReport> reports) {
    Map<Cause, Amount> sums = new EnumMap<>(Cause.class);
    for (GcReport report : reports.values()) {
      report.deleted().forEach((cause, amount) -> sums.merge(cause, amount, Amount::plus));
    }
    Table table = new Table("garbage", "cause", "objects", "bytes");
    sums.forEach((cause, amount) ->
        table.row(
            Figure.text(cause), Figure.count(amount.objects()), Figure.bytes(amount.bytes())));
    return table;
  }

  private static Table kept(Map<CollectionId, GcReport> reports) {
    Map<KeptBecause, Amount> sums = new EnumMap<>(KeptBecause.class);
    for (GcReport report : reports.values()) {
      report.kept().forEach((because, amount) -> sums.merge(because, amount, Amount::plus));
    }
    Table table = new Table("kept", "because", "objects", "bytes");
    sums.forEach((because, amount) ->
        table.row(
            Figure.text(because), Figure.count(amount.objects()), Figure.bytes(amount.bytes())));
    return table;
  }
}
