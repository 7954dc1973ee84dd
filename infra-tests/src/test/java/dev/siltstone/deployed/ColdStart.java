package dev.siltstone.deployed;

import static dev.siltstone.deployed.Requests.COLLECTIONS;
import static dev.siltstone.deployed.Requests.body;
import static dev.siltstone.deployed.Requests.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.emulators.AwsServices;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures cold starts of the packaged functions under the runtime interface client, each in a new
 * process over the emulators: from the start of the process until the runtime asks for the first
 * event (init), and from there until the first event is answered (first); and the processor time of
 * both, which says most where others use the machine too. The first event of the producer writes a
 * record, that of the query function finds it (with head, tip and tail), that of the compactor
 * looks for work.
 *
 * <p>Every variant is started once a round, so that what else the machine does falls on all of them
 * alike. Prints medians as a Markdown table.
 *
 * <p>{@code bin/cold-start [rounds [checkout]]}; another checkout's packages are measured beside
 * these.
 */
public final class ColdStart {
  private static final int ROUNDS = 10;
  private static final double MEGABYTE = 1_000_000;

  private final int rounds;
  private final List<Path> checkouts;
  private final Account account;
  private final String collection;

  private ColdStart(int rounds, List<Path> checkouts, Account account) throws Exception {
    this.rounds = rounds;
    this.checkouts = checkouts;
    this.account = account;
    this.collection = prepare();
  }

  /** Runs it; arguments are the number of rounds and another checkout. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // What the emulators say is no part of the table.
    int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
    List<Path> checkouts = new ArrayList<>();
    checkouts.add(Path.of(".."));
    if (arguments.length > 1) {
      checkouts.add(Path.of(arguments[1]));
    }
    Path folder = Files.createTempDirectory("cold-start");
    DeployedTemplate template = DeployedTemplate.synthesise(folder.resolve("cdk.out"));
    try (Account account = new Account(template, AwsServices.emulated(), folder)) {
      new ColdStart(rounds, checkouts, account).run(out);
    }
    System.exit(0);
  }

  private void run(PrintStream out) throws Exception {
    double loadBefore = load();
    List<ColdStarts> all = variants();
    for (int round = 0; round < rounds; round++) {
      for (ColdStarts variant : all) {
        variant.start(account);
      }
      System.err.printf("round %d of %d%n", round + 1, rounds);
    }
    out.printf(
        "p50 of %d, %s on %d processors, load %.1f before and %.1f after, JDK %s%n%n",
        rounds,
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        loadBefore,
        load(),
        Runtime.version());
    out.println(
        "| function | zipped MB | compiler | options | init ms | first ms | sum ms | processor ms"
            + " |\n"
            + "|---|---|---|---|---|---|---|---|");
    all.forEach(variant -> out.println(variant.row()));
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private List<ColdStarts> variants() throws Exception {
    List<ColdStarts> variants = new ArrayList<>();
    for (Artifact artifact : Artifact.values()) {
      for (Path checkout : checkouts) {
        FunctionConfig config = account.config(artifact).of(checkout);
        String name =
            artifact.name().toLowerCase(Locale.ROOT)
                + (checkout.equals(checkouts.getFirst()) ? "" : " (other checkout)");
        String size = "%.1f".formatted(Artifact.zippedBytes(config.folder()) / MEGABYTE);
        for (StartMode mode : StartMode.of(config)) {
          variants.add(new ColdStarts(name + " | " + size, mode, config, firstEvent(artifact)));
        }
      }
    }
    return variants;
  }

  private String prepare() throws Exception {
    try (Sandbox query = account.start(account.config(Artifact.QUERY));
        Sandbox producer = account.start(account.config(Artifact.PRODUCER))) {
      String request = "{\"name\":\"rivers\",\"get_or_create\":true}";
      String id = body(query.invoke(event("POST", COLLECTIONS, request))).get("id").asText();
      JsonNode _ = body(producer.invoke(firstEvent(Artifact.PRODUCER, id)));
      return id;
    }
  }

  private Map<String, Object> firstEvent(Artifact artifact) {
    return firstEvent(artifact, collection);
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
}
