package dev.siltstone.deployed;

import static dev.siltstone.deployed.Requests.COLLECTIONS;
import static dev.siltstone.deployed.Requests.body;
import static dev.siltstone.deployed.Requests.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.emulators.SlowDown;
import dev.siltstone.settings.SettingName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged functions under the runtime interface client, configured by the template. The whole
 * story takes about a minute and runs once, or as often as {@code -Dsiltstone.deployed.runs} says;
 * a run's number is its seed.
 */
class DeployedTest {
  private static final int RUNS = Integer.getInteger("siltstone.deployed.runs", 1);

  @TempDir static Path folder;
  private static DeployedTemplate template;

  @BeforeAll
  static void synthesise() throws Exception {
    assumeTrue(Artifact.arePackaged(), "not packaged yet: mvnw package comes first");
    assumeTrue(DeployedTemplate.canBeMade(), "the CDK library needs node on the PATH");
    template = DeployedTemplate.synthesise(folder.resolve("cdk.out"));
  }

  @Test
  void whatIsAcknowledgedIsAnsweredThroughAllThatGoesWrong() throws Exception {
    assumeTrue(RUNS > 0, "-Dsiltstone.deployed.runs asks for none");
    for (int run = 1; run <= RUNS; run++) {
      long start = System.nanoTime();
      Path own = Files.createDirectory(folder.resolve("run" + run));
      try (Account account = new Account(template, AwsServices.emulated(), own)) {
        new Story(account, n -> SlowDown.everyNth(account.family().bucket(), n), run).run();
      }
      System.out.printf("run %d: %d s%n", run, (System.nanoTime() - start) / 1_000_000_000);
    }
  }

  @Test
  void aVariableThatTheTemplateForgetsStopsTheFunctionAndIsNamed() throws Exception {
    Path own = Files.createDirectory(folder.resolve("missing"));
    try (Account account = new Account(template, AwsServices.emulated(), own)) {
      for (SettingName name :
          List.of(SettingName.BUCKET, SettingName.TABLE, SettingName.QUEUE_URL)) {
        Sandbox sandbox = account.start(account.config(Artifact.PRODUCER).without(name.variable()));
        assertThat(sandbox.awaitInitialised()).contains(name.variable());
      }
    }
  }

  @Test
  void schedulesAndPeopleInvokeTheCompactorWithCommands() throws Exception {
    Path own = Files.createDirectory(folder.resolve("commands"));
    try (Account account = new Account(template, AwsServices.emulated(), own)) {
      Sandbox query = account.start(account.config(Artifact.QUERY));
      Sandbox compactor = account.start(account.config(Artifact.COMPACTOR));
      String id =
          body(query.invoke(event("POST", COLLECTIONS, "{\"name\":\"rivers\"}")))
              .get("id")
              .asText();
      assertThat(compactor.invoke(Map.of("command", "sweep")).get("runs")).isEmpty();
      assertThat(compactor.invoke(Map.of("command", "gc")).get("complete").asBoolean()).isTrue();
      assertThat(
              compactor
                  .invoke(Map.of("command", "stats", "collection", "rivers"))
                  .get("id")
                  .asText())
          .isEqualTo(id);
      assertThat(compactor.send(Map.of("command", "destroy")).failed()).isTrue();
      assertThat(compactor.send(Map.of("detail-type", "Scheduled Event")).body())
          .contains("an event is a batch of SQS messages or a command");
      for (String line : query.printed().lines().filter(DeployedTest::isOurs).toList()) {
        assertThat(new ObjectMapper().readTree(line).isObject()).as(line).isTrue();
      }
      assertThat(query.printed()).contains("\"route\":\"CREATE_COLLECTION\"");
    }
  }

  @Test
  void aSnapshotIsPrimedAndARestoredSandboxAnswers() throws Exception {
    Path own = Files.createDirectory(folder.resolve("snap"));
    try (Account account = new Account(template, AwsServices.emulated(), own)) {
      for (Artifact artifact : List.of(Artifact.PRODUCER, Artifact.QUERY)) {
        Sandbox sandbox =
            account.start(
                account.config(artifact).with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"),
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        sandbox.api().checkpointed().join();
        assertThat(sandbox.printed()).contains("\"primed\"").doesNotContain("priming of");
        assertThat(sandbox.api().initialised()).isNotDone();
        sandbox.api().restore();
        assertThat(sandbox.awaitInitialised()).isEmpty();
        JsonNode answer = sandbox.invoke(event("GET", COLLECTIONS, ""));
        assertThat(answer.get("statusCode").asInt())
            .isEqualTo(artifact == Artifact.QUERY ? 200 : 404);
        assertThat(sandbox.printed()).contains("\"restored\"");
      }
    }
  }

  /** The JVM itself prints two lines when it starts. */
  private static boolean isOurs(String line) {
    return !line.startsWith("Picked up JAVA_TOOL_OPTIONS")
        && !line.equals("WARNING: Using incubator modules: jdk.incubator.vector");
  }
}
