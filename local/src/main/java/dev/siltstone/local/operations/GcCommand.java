package dev.siltstone.local.operations;

import dev.siltstone.collection.Collection;
import dev.siltstone.gc.Amount;
import dev.siltstone.gc.Cause;
import dev.siltstone.gc.CollectionMode;
import dev.siltstone.gc.GcReport;
import dev.siltstone.gc.GcReport.Outcome;
import dev.siltstone.gc.KeptBecause;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.local.terminal.Progress;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes what nobody needs any more, or says what that would be. */
@Command(
    name = "gc",
    description = {
      "Deletes what nobody needs any more: files of snapshots that are no longer kept, of crashed",
      "runs, folded deltas. A server does this by itself."
    },
    mixinStandardHelpOptions = true)
public final class GcCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private CollectionOptions collections = new CollectionOptions();

  @Parameters(
      paramLabel = "COLLECTION",
      arity = "0..1",
      description = "Its name or id; every collection, and what dropped ones left, if not given.")
  private @Nullable String collection;

  @Option(names = "--dry-run", description = "Says what would go; writes nothing.")
  private boolean dryRun;

  @Option(
      names = "--any-share",
      description =
          "Deletes also when more is orphaned than is plausible; look at --dry-run first.")
  private boolean anyShare;

  @Override
  public Integer call() {
    try (LocalStore store = options.open()) {
      Map<CollectionId, GcReport> reports = new LinkedHashMap<>();
      Report report = new Report();
      if (collection == null) {
        var swept = store.sweepGarbage(mode(), reports::put);
        report
            .fact("swept_collections", Figure.count(swept.collections()))
            .fact("swept_objects", Figure.count(swept.objects().objects()))
            .fact("swept_bytes", Figure.bytes(swept.objects().bytes()));
      } else {
        Collection found = collections.find(store.catalog(), collection);
        reports.put(found.id(), collect(store, found.id()));
      }
      options.show(report.table(outcomes(reports)).table(causes(reports)).table(kept(reports)));
      return reports.values().stream().anyMatch(one -> one.outcome() == Outcome.REFUSED) ? 1 : 0;
    }
  }

  private CollectionMode mode() {
    return dryRun
        ? CollectionMode.DRY_RUN
        : anyShare ? CollectionMode.COLLECT_ANY_SHARE : CollectionMode.COLLECT;
  }

  private GcReport collect(LocalStore store, CollectionId id) {
    Progress[] bar = new Progress[1];
    long[] shown = new long[1];
    GcReport report =
        store.collectGarbage(
            id,
            mode(),
            (objects, total) -> {
              if (bar[0] == null) {
                bar[0] = options.progress("objects deleted", total);
              }
              bar[0].advance(objects - shown[0]);
              shown[0] = objects;
            });
    if (bar[0] != null) {
      bar[0].end();
    }
    return report;
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
