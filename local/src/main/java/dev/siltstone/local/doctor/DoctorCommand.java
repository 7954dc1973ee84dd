package dev.siltstone.local.doctor;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.local.doctor.aws.Stack;
import dev.siltstone.local.doctor.aws.StackCheckup;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether everything is as it should be, and what to do where it is not. */
@Command(
    name = "doctor",
    description = {
      "Checks a local store, or with --table and --bucket a deployed stack: each check says ok,",
      "warn or fail and what to do. Exit code 1 if one fails. Changes nothing."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of a local store (${DEFAULT-VALUE}).")
  private Path data = Path.of("siltstone-data");

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "A stack's table: its output Table.")
  private @Nullable String table;

  @Option(names = "--bucket", paramLabel = "NAME", description = "Its bucket: the output Bucket.")
  private @Nullable String bucket;

  @Option(names = "--queue", paramLabel = "URL", description = "Its queue of notices.")
  private @Nullable String queue;

  @Option(names = "--dead-letters", paramLabel = "URL", description = "Its dead-letter queue.")
  private @Nullable String deadLetters;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The stack's region, if it is not the one of your AWS configuration.")
  private @Nullable String region;

  @Option(names = "--json", description = "Answers one JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    List<Finding> findings = table == null && bucket == null ? ofFolder() : ofStack();
    Table checks = new Table("checks", "state", "check", "found", "what_to_do");
    findings.forEach(finding ->
        checks.row(
            Figure.text(finding.level().name().toLowerCase(Locale.ROOT)),
            Figure.text(finding.check()),
            Figure.text(finding.found()),
            Figure.text(finding.advice())));
    boolean failed = count(findings, Finding.Level.FAIL) > 0;
    new Report()
        .fact("failed", Figure.count(count(findings, Finding.Level.FAIL)))
        .fact("warnings", Figure.count(count(findings, Finding.Level.WARN)))
        .table(checks)
        .print(spec.commandLine().getOut(), json);
    return failed ? 1 : 0;
  }

  private List<Finding> ofFolder() {
    Clock clock = Clock.system();
    String home = System.getProperty("siltstone.home");
    List<Finding> findings =
        new ArrayList<>(
            new MachineCheckup(data, home == null ? null : Path.of(home), clock).findings());
    if (findings.stream().anyMatch(DoctorCommand::isUnusableFolder)) {
      return findings;
    }
    try (LocalStore store = LocalStore.open(data, clock)) {
      findings.add(Finding.ok("store", "opens, and its format is known"));
      findings.addAll(
          new StoreCheckup(store.catalog(), store.log(), store.leases(), store.objects(), clock)
              .findings());
    } catch (SiltstoneException e) {
      findings.add(
          Finding.fail(
              "store",
              String.valueOf(e.getMessage()),
              "another folder by --data, or a restored one: docs/operations.md"));
    }
    return findings;
  }

  private static boolean isUnusableFolder(Finding finding) {
    return finding.check().equals("data folder") && finding.level() == Finding.Level.FAIL;
  }

  private List<Finding> ofStack() {
    String namedTable = table;
    String namedBucket = bucket;
    if (namedTable == null || namedBucket == null) {
      throw new InvalidRequestException("a deployed stack is named by both --table and --bucket");
    }
    Stack stack = new Stack(namedBucket, namedTable, queue, deadLetters, region);
    try (StackCheckup checkup =
        StackCheckup.of(stack, System.getenv(), Clock.system(), new SecureRandom())) {
      return checkup.findings();
    }
  }

  private static long count(List<Finding> findings, Finding.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }
}
