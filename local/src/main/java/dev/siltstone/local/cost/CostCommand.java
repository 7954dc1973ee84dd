package dev.siltstone.local.cost;

import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a month of a workload costs in an account, beside what managed services would. */
@Command(
    name = "cost",
    description = {
      "Computes what a month costs in an AWS account: calls, bytes, GB-seconds, dollars.",
      "Prices are of us-east-1 and dated; give your own by --prices."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class CostCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--vectors", paramLabel = "N", description = "Records that are kept.")
  private long vectors = 100_000;

  @Option(names = "--dimension", paramLabel = "N", description = "Of their embeddings.")
  private int dimension = 384;

  @Option(
      names = "--document-bytes",
      paramLabel = "N",
      description = "Document and metadata of a record.")
  private int documentBytes = 500;

  @Option(names = "--writes", paramLabel = "N", description = "Records written a day.")
  private long writes = 1_000;

  @Option(names = "--batch", paramLabel = "N", description = "Records of one write.")
  private int batch = 10;

  @Option(names = "--queries", paramLabel = "N", description = "Queries a day.")
  private long queries = 10_000;

  @Option(
      names = "--strong",
      paramLabel = "SHARE",
      description = "Share of the queries that are strong; the others are eventual.")
  private double strong = 1;

  @Option(names = "--hours", paramLabel = "N", description = "Hours a day with traffic.")
  private double hours = 8;

  @Mixin private StackArguments stack = new StackArguments();

  @Option(names = "--idle", description = "No writes and no queries: what the stack itself costs.")
  private boolean idle;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Prices in place of those that come with the program.")
  private @Nullable Path file;

  @Option(names = "--show-prices", description = "Shows prices with units, dates and sources.")
  private boolean showPrices;

  @Option(names = "--json", description = "Answers as one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    PriceList prices = PriceList.standard();
    prices = file == null ? prices : prices.with(file);
    PrintWriter out = spec.commandLine().getOut();
    (showPrices ? list(prices) : costs(prices)).print(out, json);
    return 0;
  }

  private static Report list(PriceList prices) {
    Table table = new Table("prices", "name", "dollars", "unit", "date", "source");
    prices
        .all()
        .forEach(price ->
            table.row(
                Figure.text(price.name()),
                Figure.amount(price.dollars(), 10),
                Figure.text(price.unit()),
                Figure.text(price.date()),
                Figure.text(price.source())));
    return new Report().table(table);
  }

  private Report costs(PriceList prices) {
    StackOptions options = stack.options(idle);
    CostModel model = new CostModel(workload(0), options, prices);
    Bill bill = model.bill();
    return new Report()
        .fact("dollars_a_month", Figure.amount(bill.dollars(), 2))
        .fact("with_free_tier", Figure.amount(bill.afterFreeTier(), 2))
        .fact("gigabyte_seconds", Figure.count(Math.round(model.gigabyteSeconds())))
        .fact("publishes", Figure.count(Math.round(model.publishes())))
        .fact("snapshot_bytes", Figure.bytes(Math.round(model.snapshotBytes())))
        .fact("stored_bytes", Figure.bytes(Math.round(model.storedBytes())))
        .table(lines(bill))
        .table(calls(model))
        .table(alternatives(workload(options.recordsPerDay()), prices));
  }

  /** What is asked for, with records that elsewhere would be written like the others. */
  private Workload workload(long more) {
    return new Workload(
        vectors,
        dimension,
        documentBytes,
        idle ? 0 : writes + more,
        batch,
        idle ? 0 : queries,
        strong,
        hours);
  }

  private static Table lines(Bill bill) {
    Table table = new Table("lines", "what", "quantity", "unit_price", "dollars", "with_free_tier");
    bill.lines()
        .forEach(line ->
            table.row(
                Figure.text(line.what()),
                Figure.amount(line.quantity(), 2),
                Figure.text(line.price()),
                Figure.amount(line.dollars(), 4),
                Figure.amount(line.afterFreeTier(), 4)));
    return table;
  }

  private static Table calls(CostModel model) {
    Table table = new Table("calls", "call", "a_month");
    model.calls().byName().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(call ->
            table.row(Figure.text(call.getKey()), Figure.count(Math.round(call.getValue()))));
    return table;
  }

  private static Table alternatives(Workload work, PriceList prices) {
    Table table = new Table("alternatives", "service", "dollars_a_month", "charged_by");
    new Alternatives(work, prices)
        .all()
        .forEach(one ->
            table.row(
                Figure.text(one.name()), Figure.amount(one.dollars(), 2), Figure.text(one.how())));
    return table;
  }
}
