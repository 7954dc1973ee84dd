package dev.siltstone.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.local.Siltstone;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CostModelTest {
  private static final PriceList PRICES = PriceList.standard();

  @TempDir Path folder;

  @Test
  void anIdleStackCostsLessThanADollarWithAndWithoutTheFreeTier() {
    Bill idle = new CostModel(workload(100_000, 0, 0), StackOptions.NONE, PRICES).bill();

    assertThat(idle.dollars()).isBetween(0.3, 1.0);
    assertThat(idle.afterFreeTier()).isBetween(0.0, 0.05);
    assertThat(idle.lines())
        .filteredOn(line -> line.what().equals("queues polled while idle"))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.quantity()).isEqualTo(657_000);
          assertThat(line.dollars()).isCloseTo(0.26, within(0.01));
          assertThat(line.afterFreeTier()).isZero();
        });
  }

  @Test
  void eachOptionWithAQueueCostsItsPollingAndItsAlarms() {
    double idle = idle(false, false, false).dollars();

    assertThat(idle(true, false, false).dollars() - idle).isCloseTo(0.3628, within(1e-6));
    assertThat(idle(false, true, false).dollars() - idle).isCloseTo(0.4628, within(1e-6));
    assertThat(idle(false, false, true).dollars()).isEqualTo(idle);
    assertThat(idle(true, true, true).afterFreeTier()).isCloseTo(0.399, within(0.01));
  }

  @Test
  void writesThatMayArriveAgainPayTwiceForThePlaceAndForEachId() {
    double seconds = 8 * 3600;
    double plain =
        quantity(
            new CostModel(workload(100_000, 289_000, 10_000), StackOptions.NONE, PRICES).bill(),
            "table written");
    double one = quantity(bill(queued(1 * 8 * 3600)), "table written");
    double ninety = quantity(bill(queued(90 * 8 * 3600)), "table written");

    assertThat(one - plain)
        .as("as many deltas: the place once more, the id twice")
        .isCloseTo(3 * seconds * 30.4, within(1.0));
    assertThat(ninety - one).isCloseTo(2 * 89 * seconds * 30.4, within(1.0));
  }

  @Test
  void aWarmUpIsAnInvocationForEachPublishWithWhatItFetches() {
    Bill without = bill(StackOptions.NONE);
    Bill with = bill(new StackOptions(false, 0, false, 0, 1, true));

    assertThat(quantity(with, "invocations") - quantity(without, "invocations"))
        .isCloseTo(100 * 30.4, within(1e-6));
    assertThat(quantity(with, "functions at work"))
        .isGreaterThan(quantity(without, "functions at work"));
  }

  @Test
  void moreOfAnythingCostsMore() {
    double before = dollars(workload(100_000, 1_000, 10_000));

    assertThat(dollars(workload(200_000, 1_000, 10_000))).isGreaterThan(before);
    assertThat(dollars(workload(100_000, 2_000, 10_000))).isGreaterThan(before);
    assertThat(dollars(workload(100_000, 1_000, 20_000))).isGreaterThan(before);
  }

  @Test
  void whatIsFreeIsTakenOffOnceHoweverManyLinesUseIt() {
    Bill bill = new Bill(PRICES).add("a", "sqs.request", 700_000).add("b", "sqs.request", 700_000);

    assertThat(bill.dollars()).isCloseTo(0.56, within(1e-9));
    assertThat(bill.afterFreeTier()).isCloseTo(0.16, within(1e-9));
  }

  @Test
  void everyPriceSaysWhenAndWhereItWasFound() {
    assertThat(PRICES.all())
        .allSatisfy(price -> {
          assertThat(price.unit()).isNotBlank();
          assertThat(price.date()).matches("undated|20\\d\\d-\\d\\d-\\d\\d");
          assertThat(price.source()).matches("unverified|https://.+");
        });
  }

  @Test
  void pricesOfTheUsersOwnReplaceThose() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.csv"), "# ours\ns3.put, 0.5, request, 2026-11-01, contract\n");

    assertThat(PRICES.with(file).of("s3.put")).isEqualTo(0.5);
    assertThat(PRICES.with(file).of("s3.get")).isEqualTo(PRICES.of("s3.get"));
  }

  @Test
  void linesThatAreNoPricesAreRefused() throws IOException {
    for (String line :
        new String[] {
          "s3.put, 0.5", "s3.putt, 1, a, b, c", "s3.put, x, a, b, c", "s3.put,-1,a,b,c"
        }) {
      Path file = Files.writeString(folder.resolve("bad.csv"), line);
      assertThatThrownBy(() -> PRICES.with(file))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("bad.csv");
    }
  }

  @Test
  void theCommandShowsLinesCallsAndAlternatives() {
    String shown = run("cost", "--vectors", "1000000", "--strong", "0.5");
    assertThat(shown)
        .contains("dollars a month", "DynamoDb.BatchGetItem", "Chroma Cloud", "alarms");
    assertThat(run("cost", "--idle", "--json")).contains("\"with_free_tier\" : 0.0");
    assertThat(run("cost", "--show-prices")).contains("lambda.gb_second", "0.0000133334");
    assertThat(run("cost", "--idle", "--ingest-queue")).contains("1,314,000.00", "1.16");
    assertThat(run("cost", "--queued", "1")).contains("--queued needs a stack with --ingest-queue");
    assertThat(run("cost", "--warm-up")).contains("Lambda.Invoke");
    assertThat(run("cost", "--strong", "2")).contains("--strong is from 0 to 1");
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commands = Siltstone.commandLine();
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(arguments);
    return out.toString();
  }

  private static Bill idle(boolean queue, boolean files, boolean warmUp) {
    StackOptions options = new StackOptions(queue, 0, files, 0, 1, warmUp);
    return new CostModel(workload(100_000, 0, 0), options, PRICES).bill();
  }

  private static StackOptions queued(long messages) {
    return new StackOptions(true, messages, false, 0, 1, false);
  }

  private static Bill bill(StackOptions options) {
    return new CostModel(workload(100_000, 1_000, 10_000), options, PRICES).bill();
  }

  private static double quantity(Bill bill, String what) {
    return bill.lines().stream()
        .filter(line -> line.what().equals(what))
        .mapToDouble(Bill.Line::quantity)
        .sum();
  }

  private static double dollars(Workload workload) {
    return new CostModel(workload, StackOptions.NONE, PRICES).bill().dollars();
  }

  private static Workload workload(long vectors, long writes, long queries) {
    return new Workload(vectors, 384, 500, writes, 10, queries, 1, 8);
  }
}
