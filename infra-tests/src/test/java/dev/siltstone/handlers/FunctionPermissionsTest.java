package dev.siltstone.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.permissions.CallCheck;
import dev.siltstone.permissions.DeployedStack;
import dev.siltstone.permissions.GrantsInUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store's life, with everything that the functions can be asked for: each call is allowed to the
 * deployed function, and each grant is needed by some call, or by Lambda itself. First what a
 * default stack does, held against its own policies; then what the options bring, and all of it is
 * held against the policies of a stack that has them.
 */
@EnabledIf(
    value = "dev.siltstone.permissions.DeployedPolicies#areThere",
    disabledReason = "the CDK library needs node on the PATH")
class FunctionPermissionsTest {
  private static final String PRODUCER = "dev.siltstone.ingest.lambda.ProducerHandler";
  private static final String QUERY = "dev.siltstone.query.lambda.QueryHandler";
  private static final String COMPACTOR = "dev.siltstone.compactor.lambda.CompactorHandler";
  private static final String QUEUES = "arn:aws:sqs:eu-central-1:111122223333:";

  /** Grants that Lambda itself uses, with the function's role: it writes logs, it polls SQS. */
  private static final Map<String, Set<String>> LAMBDAS_OWN =
      Map.of(
          "producer", logs("Producer"),
          "query", logs("Query"),
          "compactor", all(logs("Compactor"), polls("TakeNotices", QUEUES + "NOTICES")));

  /** The same where the options give the producer queues. */
  private static final Map<String, Set<String>> LAMBDAS_OWN_WITH_OPTIONS =
      Map.of(
          "producer",
              all(
                  logs("Producer"),
                  polls("TakeWrites", "arn:of:StoreIngestWritesQueue"),
                  polls("TakeFiles", QUEUES + "IMPORTS")),
          "query", LAMBDAS_OWN.get("query"),
          "compactor", LAMBDAS_OWN.get("compactor"));

  private final Map<String, List<Path>> recorded = new TreeMap<>();

  @TempDir Path folder;

  @Test
  void everyCallIsGrantedAndEveryGrantIsNeeded() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated())) {
      liveByDefault(family);
      assertThat(unused(DeployedStack.DEFAULT)).isEqualTo(LAMBDAS_OWN);
      liveWithOptions(family);
    }
    for (String function : recorded.keySet()) {
      for (Path calls : recorded.get(function)) {
        CallCheck.allAllowed(DeployedStack.WITH_OPTIONS, function, calls);
      }
    }
    assertThat(unused(DeployedStack.WITH_OPTIONS)).isEqualTo(LAMBDAS_OWN_WITH_OPTIONS);
  }

  private void liveByDefault(AwsFamily family) throws Exception {
    try (HandlerProcess producer = start(DeployedStack.DEFAULT, PRODUCER, family);
        HandlerProcess query = start(DeployedStack.DEFAULT, QUERY, family);
        HandlerProcess compactor = start(DeployedStack.DEFAULT, COMPACTOR, family)) {
      new StoreLife(family, producer, query, compactor).live();
    }
  }

  private void liveWithOptions(AwsFamily family) throws Exception {
    try (HandlerProcess producer = start(DeployedStack.WITH_OPTIONS, PRODUCER, family);
        HandlerProcess compactor = start(DeployedStack.WITH_OPTIONS, COMPACTOR, family)) {
      new OptionsInUse(family, producer, compactor).live();
    }
  }

  /** Starts a function whose end finds each of its calls allowed to that stack's. */
  private HandlerProcess start(DeployedStack stack, String handler, AwsFamily family)
      throws IOException {
    HandlerProcess process =
        HandlerProcess.start(
            stack, handler, family, folder.resolve(handler).resolve(stack.toString()));
    recorded
        .computeIfAbsent(CallCheck.function(handler), _ -> new ArrayList<>())
        .add(process.calls());
    return process;
  }

  private Map<String, Set<String>> unused(DeployedStack stack) throws IOException {
    Map<String, Set<String>> unused = new TreeMap<>();
    System.out.println("granted by " + stack + ", and not needed by any call:");
    for (Map.Entry<String, List<Path>> of : recorded.entrySet()) {
      Set<String> grants = GrantsInUse.unused(stack, of.getKey(), of.getValue());
      grants.forEach(grant -> System.out.println("  " + of.getKey() + " " + grant));
      unused.put(of.getKey(), grants);
    }
    return unused;
  }

  private static Set<String> logs(String function) {
    return Set.of(
        "WriteOwnLogs: logs:CreateLogStream",
        "WriteOwnLogs: logs:PutLogEvents",
        "WriteOwnLogs: arn:of:StoreFunctions" + function + "Logs");
  }

  private static Set<String> polls(String statement, String queue) {
    return Set.of(
        statement + ": sqs:ReceiveMessage",
        statement + ": sqs:DeleteMessage",
        statement + ": sqs:GetQueueAttributes",
        statement + ": " + queue);
  }

  @SafeVarargs
  private static Set<String> all(Set<String>... sets) {
    Set<String> all = new TreeSet<>();
    for (Set<String> some : sets) {
      all.addAll(some);
    }
    return all;
  }
}
