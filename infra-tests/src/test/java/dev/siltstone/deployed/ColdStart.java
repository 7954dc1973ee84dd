package dev.siltstone.deployed;

import static dev.siltstone.deployed.Requests.COLLECTIONS;
import static dev.siltstone.deployed.Requests.body;
import static dev.siltstone.deployed.Requests.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.emulators.AwsServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures cold starts of the packaged functions under the runtime interface client, each in a new
 * process over the emulators: from the start of the process until the runtime asks for the first
 * event (init), and from there until the first event is answered (first). Prints the medians. The
 * first event of the producer writes a record, that of the query function finds it (with head, tip
 * and tail), that of the compactor looks for work.
 *
 * <p>{@code bin/cold-start [rounds]}; compare variants within one run only.
 */
public final class ColdStart {
  private static final int ROUNDS = 10;

  /** What a managed runtime adds to an on-demand function's command line. */
  private static final List<String> ON_DEMAND = List.of("-XX:TieredStopAtLevel=1");

  private static final List<String> FULL = List.of();
  private static final String CRAC = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private ColdStart() {}

  /** Runs it; an argument is the number of rounds. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("cold-start");
    DeployedTemplate template = DeployedTemplate.synthesise(folder.resolve("cdk.out"));
    try (Account account = new Account(template, AwsServices.emulated(), folder)) {
      String collection = prepare(account);
      System.out.println(
          "| function | mode | init ms | first ms | sum ms |\n|---|---|---|---|---|");
      for (Artifact artifact : Artifact.values()) {
        Map<String, Object> event = firstEvent(artifact, collection);
        print(artifact, "C1 only", rounds, account, ON_DEMAND, event);
        print(artifact, "all levels", rounds, account, FULL, event);
        if (account.config(artifact).snapStart()) {
          printRestored(artifact, rounds, account, event);
        }
      }
    }
    System.exit(0);
  }

  private static String prepare(Account account) throws Exception {
    String path = COLLECTIONS;
    try (Sandbox query = account.start(account.config(Artifact.QUERY));
        Sandbox producer = account.start(account.config(Artifact.PRODUCER))) {
      String id =
          body(query.invoke(event("POST", path, "{\"name\":\"rivers\",\"get_or_create\":true}")))
              .get("id")
              .asText();
      JsonNode _ = body(producer.invoke(firstEvent(Artifact.PRODUCER, id)));
      return id;
    }
  }

  private static Map<String, Object> firstEvent(Artifact artifact, String collection) {
    String path = COLLECTIONS + "/" + collection;
    return switch (artifact) {
      case PRODUCER ->
          event(
              "POST",
              path + "/upsert",
              "{\"ids\":[\"a\"],\"embeddings\":[[1,2]],\"documents\":[\"silt\"]}");
      case QUERY ->
          event("POST", path + "/query", "{\"query_embeddings\":[[1,2]],\"n_results\":1}");
      case COMPACTOR -> Map.of("command", "stats", "collection", collection);
    };
  }

  private static void print(
      Artifact artifact,
      String mode,
      int rounds,
      Account account,
      List<String> options,
      Map<String, Object> event)
      throws Exception {
    List<Long> inits = new ArrayList<>();
    List<Long> firsts = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      try (Sandbox sandbox =
          account.start(account.config(artifact), options.toArray(String[]::new))) {
        requireEmpty(sandbox.awaitInitialised());
        long ready = System.nanoTime();
        JsonNode _ = sandbox.invoke(event);
        firsts.add(System.nanoTime() - ready);
        inits.add(ready - start);
      }
    }
    row(artifact, mode, Long.toString(median(inits)), median(firsts), median(inits));
  }

  /** What a restored sandbox still has to do; how long Lambda takes to restore it is not seen. */
  private static void printRestored(
      Artifact artifact, int rounds, Account account, Map<String, Object> event) throws Exception {
    FunctionConfig config =
        account.config(artifact).with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    List<Long> firsts = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      try (Sandbox sandbox = account.start(config, CRAC)) {
        sandbox.api().checkpointed().join();
        long start = System.nanoTime();
        sandbox.api().restore();
        requireEmpty(sandbox.awaitInitialised());
        JsonNode _ = sandbox.invoke(event);
        firsts.add(System.nanoTime() - start);
      }
    }
    row(artifact, "restored from a primed snapshot, all levels", "–", median(firsts), 0);
  }

  private static void row(
      Artifact artifact, String mode, String init, long firstMillis, long initMillis) {
    System.out.printf(
        "| %s | %s | %s | %d | %d |%n",
        artifact, mode, init, firstMillis, initMillis + firstMillis);
  }

  private static long median(List<Long> nanos) {
    Collections.sort(nanos);
    return TimeUnit.NANOSECONDS.toMillis(nanos.get(nanos.size() / 2));
  }

  private static void requireEmpty(String failure) {
    if (!failure.isEmpty()) {
      throw new AssertionError(failure);
    }
  }
}
