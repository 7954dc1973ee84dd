package dev.siltstone.deployed;

import static dev.siltstone.deployed.Requests.COLLECTIONS;
import static dev.siltstone.deployed.Requests.body;
import static dev.siltstone.deployed.Requests.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.emulators.AwsServices;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * Measures how long the packaged query function takes for a query once it has its snapshot: records
 * are written through the packaged producer and folded by the packaged compactor, all under the
 * runtime interface client over emulators. Times are from handing over the event until the answer
 * is here, the runtime interface and its JSON included; a strong read also waits for the emulator
 * of DynamoDB.
 *
 * <p>{@code bin/warm-queries [records [queries]]}.
 */
public final class WarmQueries {
  private static final int DIMENSION = 384;
  private static final int CLUSTERS = 100;
  private static final int BATCH = 500;
  private static final int MOST_RUNS = 50;
  private static final int UNMEASURED = 500;
  private static final long SEED = 42;

  private final Account account;
  private final int queries;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final float[][] centres = new float[CLUSTERS][];

  private WarmQueries(Account account, int queries) {
    this.account = account;
    this.queries = queries;
    Arrays.setAll(centres, _ -> gaussian());
  }

  /** Runs it; arguments are the numbers of records and of measured queries. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // What the emulators say is no part of the table.
    int records = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
    int queries = arguments.length < 2 ? 1_000 : Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("warm-queries");
    DeployedTemplate template = DeployedTemplate.synthesise(folder.resolve("cdk.out"));
    try (Account account = new Account(template, AwsServices.emulated(), folder)) {
      new WarmQueries(account, queries).run(records, out);
    }
    System.exit(0);
  }

  private void run(int records, PrintStream out) throws Exception {
    String path = COLLECTIONS + "/" + fill(records);
    out.printf(
        "%d records of %d values, %d queries, seed %d, JDK %s%n%n",
        records, DIMENSION, queries, SEED, Runtime.version());
    out.println(
        "| compiler | options | read | first s | p50 ms | p99 ms |\n|---|---|---|---|---|---|");
    for (StartMode mode : new StartMode[] {StartMode.C1, StartMode.ALL_LEVELS}) {
      FunctionConfig config = mode.applied(account.config(Artifact.QUERY));
      try (Sandbox query = account.start(config, mode.commandLine())) {
        query.awaitInitialised();
        double first = ask(query, path, "strong") / 1000;
        for (String read : new String[] {"strong", "eventual"}) {
          double[] millis = measured(query, path, read);
          out.printf(
              "| %s | %s | %.1f | %.1f | %.1f |%n",
              mode, read, first, millis[queries / 2], millis[queries * 99 / 100]);
        }
      }
    }
  }

  private double[] measured(Sandbox query, String path, String read) throws Exception {
    for (int i = 0; i < UNMEASURED; i++) {
      double _ = ask(query, path, read);
    }
    double[] millis = new double[queries];
    for (int i = 0; i < queries; i++) {
      millis[i] = ask(query, path, read);
    }
    Arrays.sort(millis);
    return millis;
  }

  /** Asks once, and again while the snapshot is being fetched; milliseconds in all. */
  private double ask(Sandbox query, String path, String read) throws Exception {
    String request = "{\"query_embeddings\":[" + vector() + "],\"n_results\":10}";
    long start = System.nanoTime();
    JsonNode answer;
    do {
      answer =
          query.invoke(
              event("POST", path + "/query", request, Map.of("x-siltstone-consistency", read)));
    } while (answer.get("statusCode").asInt() == 503);
    double millis = (System.nanoTime() - start) / 1e6;
    int found = body(answer).get("ids").get(0).size();
    if (found != 10) {
      throw new AssertionError(found + " found");
    }
    return millis;
  }

  /** Writes so many records and folds them; the collection's id. */
  private String fill(int records) throws Exception {
    try (Sandbox query = account.start(account.config(Artifact.QUERY));
        Sandbox producer = account.start(account.config(Artifact.PRODUCER));
        Sandbox compactor = account.start(account.config(Artifact.COMPACTOR))) {
      String id =
          body(query.invoke(event("POST", COLLECTIONS, "{\"name\":\"rivers\"}")))
              .get("id")
              .asText();
      for (int from = 0; from < records; from += BATCH) {
        String batch = batch(from, Math.min(records, from + BATCH));
        JsonNode _ = body(producer.invoke(event("POST", COLLECTIONS + "/" + id + "/add", batch)));
        if ((from / BATCH + 1) % MOST_RUNS == 0) {
          System.err.printf("%d records written, %s%n", from + BATCH, compact(compactor, id));
        }
      }
      System.err.println(compact(compactor, id));
      return id;
    }
  }

  /** Runs the compactor until it finds nothing to do; what it said last. */
  private static JsonNode compact(Sandbox compactor, String collection) throws Exception {
    JsonNode last = compactor.invoke(Map.of("command", "compact", "collection", collection));
    for (int run = 0; run < MOST_RUNS; run++) {
      JsonNode next = compactor.invoke(Map.of("command", "compact", "collection", collection));
      if (next.equals(last)) {
        return last;
      }
      last = next;
    }
    return last;
  }

  private String batch(int from, int to) {
    StringJoiner ids = new StringJoiner(",");
    StringJoiner vectors = new StringJoiner(",");
    StringJoiner documents = new StringJoiner(",");
    for (int i = from; i < to; i++) {
      ids.add("\"r" + i + "\"");
      vectors.add(vector());
      documents.add("\"What the river leaves at bend " + i + " is silt.\"");
    }
    return "{\"ids\":[%s],\"embeddings\":[%s],\"documents\":[%s]}"
        .formatted(ids, vectors, documents);
  }

  private String vector() {
    float[] centre = centres[random.nextInt(CLUSTERS)];
    StringJoiner values = new StringJoiner(",", "[", "]");
    for (float value : centre) {
      values.add(Float.toString((float) (value + 0.5 * random.nextGaussian())));
    }
    return values.toString();
  }

  private float[] gaussian() {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
