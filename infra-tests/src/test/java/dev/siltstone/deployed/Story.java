package dev.siltstone.deployed;

import static dev.siltstone.deployed.Requests.COLLECTIONS;
import static dev.siltstone.deployed.Requests.body;
import static dev.siltstone.deployed.Requests.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.Commit;
import dev.siltstone.storage.Checksum;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Eight producers write while three compactors race, one of which is killed in the middle; every
 * fourth notice is lost, S3 refuses every seventh request for a while, and one delta is poison.
 * Reads see every acknowledged write at once; in the end everything but the poison is in a sound
 * snapshot, and no log line holds a document.
 */
final class Story {
  private static final int PRODUCERS = 8;
  private static final int COMPACTORS = 3;
  private static final int WRITES = 6;
  private static final int RECORDS = 5;
  private static final int LOSES_EVERY = 4;
  private static final int REFUSES_EVERY = 7;
  private static final int SWEEPS = 60;
  private static final int ATTEMPTS = 50;

  /** Stands in each document and each metadata value; 0.8125 in each embedding is exact. */
  private static final String MARK = "xyzzy-plugh";

  private static final String MARKED_VALUE = "0.8125";

  /**
   * As the runtime starts a function whose variables ask for nothing else: the producer's do not.
   */
  private static final String ON_DEMAND = "-XX:TieredStopAtLevel=1";

  private final Account account;
  private final IntConsumer throttle;
  private final Random random;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final List<Sandbox> producers = new ArrayList<>();
  private final List<Sandbox> compactors = new ArrayList<>();
  private final Sandbox query;
  private final String collection;

  /**
   * Starts all sandboxes.
   *
   * @param throttle has S3 refuse one request of so many; none for 0
   */
  Story(Account account, IntConsumer throttle, long seed) throws Exception {
    System.out.println("seed " + seed);
    this.account = account;
    this.throttle = throttle;
    this.random = new Random(seed);
    query = started(Artifact.QUERY);
    collection =
        patiently(query, "POST", COLLECTIONS, "{\"name\":\"rivers\",\"get_or_create\":true}")
            .get("id")
            .asText();
    for (int i = 0; i < COMPACTORS; i++) {
      compactors.add(started(Artifact.COMPACTOR));
    }
    for (int i = 0; i < PRODUCERS; i++) {
      producers.add(started(Artifact.PRODUCER, ON_DEMAND));
    }
  }

  /** One after the other: on few processors, starting all at once takes longer than they may. */
  private Sandbox started(Artifact artifact, String... options) throws Exception {
    Sandbox sandbox = account.start(account.config(artifact), options);
    assertThat(sandbox.awaitInitialised()).isEmpty();
    return sandbox;
  }

  /** A request that may be repeated, again for as long as it is refused with 503. */
  private static JsonNode patiently(Sandbox sandbox, String method, String path, String request)
      throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      JsonNode answer = sandbox.invoke(event(method, path, request));
      if (answer.get("statusCode").asInt() != 503) {
        return body(answer);
      }
    }
    throw new AssertionError("only 503 from " + path);
  }

  void run() throws Exception {
    int again;
    try (SqsSource source =
        new SqsSource(
            account.family(), account.template().eventSource(), compactorPlaces(), LOSES_EVERY)) {
      ingest();
      again = source.deliveredAgain();
      assertThat(source.invocations()).isPositive();
    }
    System.out.printf(
        "%d records acknowledged, %d notices delivered again%n", acknowledged.get(), again);
    drain();
    assertStored();
    assertAnswers();
    assertLogs();
    assertThat(account.dead()).as("dead letters").isZero();
  }

  private List<Supplier<Sandbox>> compactorPlaces() {
    return IntStream.range(0, COMPACTORS)
        .<Supplier<Sandbox>>mapToObj(place -> () -> compactor(place))
        .toList();
  }

  private synchronized Sandbox compactor(int place) {
    return compactors.get(place);
  }

  private void ingest() throws Exception {
    throttle.accept(REFUSES_EVERY);
    List<Future<Void>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS)) {
      for (int producer = 0; producer < PRODUCERS; producer++) {
        int number = producer;
        writers.add(
            threads.submit(() -> {
              for (int write = 0; write < WRITES; write++) {
                write(number, write);
              }
              return null;
            }));
      }
      awaitAcknowledged(PRODUCERS * WRITES * RECORDS / 3, writers);
      commitPoison();
      awaitPublished();
      replaceCompactor(random.nextInt(COMPACTORS));
      awaitAcknowledged(PRODUCERS * WRITES * RECORDS * 2 / 3, writers);
      throttle.accept(0);
      for (Future<Void> writer : writers) {
        writer.get();
      }
    } finally {
      throttle.accept(0);
    }
    assertThat(acknowledged.get()).isEqualTo(PRODUCERS * WRITES * RECORDS);
  }

  /** Or until a writer has failed, which whoever waits for the writers will see. */
  private void awaitAcknowledged(int records, List<Future<Void>> writers)
      throws InterruptedException {
    while (acknowledged.get() < records
        && writers.stream().noneMatch(writer -> writer.state() == Future.State.FAILED)) {
      Thread.sleep(20);
    }
  }

  private void write(int producer, int write) throws InterruptedException {
    JsonNode _ =
        patiently(producers.get(producer), "POST", path("upsert"), records(producer, write));
    acknowledged.addAndGet(RECORDS);
    String id = "p%d-w%d-r0".formatted(producer, write);
    JsonNode seen = read("get", "{\"ids\":[\"%s\"]}".formatted(id));
    assertThat(seen.at("/ids/0").asText()).as("a strong read").isEqualTo(id);
  }

  private static String records(int producer, int write) {
    StringBuilder ids = new StringBuilder();
    StringBuilder vectors = new StringBuilder();
    StringBuilder documents = new StringBuilder();
    StringBuilder metadatas = new StringBuilder();
    for (int r = 0; r < RECORDS; r++) {
      String comma = r == 0 ? "" : ",";
      ids.append(comma).append("\"p%d-w%d-r%d\"".formatted(producer, write, r));
      vectors.append(comma).append("[%d,%d,%d,%s]".formatted(producer, write, r, MARKED_VALUE));
      documents.append(comma).append("\"%s %d %d\"".formatted(MARK, producer, write));
      metadatas.append(comma).append("{\"producer\":%d,\"text\":\"%s\"}".formatted(producer, MARK));
    }
    return "{\"ids\":[%s],\"embeddings\":[%s],\"documents\":[%s],\"metadatas\":[%s]}"
        .formatted(ids, vectors, documents, metadatas);
  }

  private JsonNode read(String route, String request) throws InterruptedException {
    return patiently(query, "POST", path(route), request);
  }

  private String path(String route) {
    return COLLECTIONS + "/" + collection + "/" + route;
  }

  private void awaitPublished() throws InterruptedException {
    CollectionId id = CollectionId.parse(collection);
    while (account.family().log().read(id).orElseThrow().tip().folded().value() == 0) {
      Thread.sleep(100);
    }
  }

  /** Acknowledged bytes that nobody can decode. */
  private void commitPoison() {
    Clock clock = Clock.system();
    Commit commit =
        new Commit(
            account.family().log(),
            account.family().store(),
            new TimeOrderedIds(clock, random),
            clock,
            random);
    byte[] bad = (MARK + " is no delta").getBytes(UTF_8);
    commit.commit(
        CollectionId.parse(collection),
        null,
        delta -> new EncodedDelta(delta, bad, Checksum.of(bad), 1));
  }

  /** Kills one, whatever it is doing; Lambda starts another for the next batch. */
  private void replaceCompactor(int place) throws Exception {
    compactor(place).kill();
    Sandbox next = account.start(account.config(Artifact.COMPACTOR));
    synchronized (this) {
      compactors.set(place, next);
    }
  }

  /** What the schedule does, until nothing is left: lost notices are found so. */
  private void drain() throws InterruptedException {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      JsonNode runs = compactor(0).invoke(Map.of("command", "sweep")).get("runs");
      if (runs.isEmpty()) {
        return;
      }
      Thread.sleep(500);
    }
    throw new AssertionError("something is left after %d sweeps".formatted(SWEEPS));
  }

  private void assertStored() throws InterruptedException {
    JsonNode verified = command("verify", Map.of("all", true));
    assertThat(verified.get("sound").asBoolean()).as(verified.toString()).isTrue();
    JsonNode stats = command("stats", Map.of());
    assertThat(stats.get("records").asInt()).isEqualTo(acknowledged.get());
    assertThat(command("quarantine list", Map.of()).toString()).contains("\"sequence\"");
  }

  private JsonNode command(String name, Map<String, Object> more) throws InterruptedException {
    Map<String, Object> event = new HashMap<>(more);
    event.put("command", name);
    event.put("collection", collection);
    return compactor(1).invoke(event);
  }

  private void assertAnswers() throws InterruptedException {
    JsonNode found =
        read(
            "query",
            "{\"query_embeddings\":[[3,4,1,%s]],\"n_results\":1,\"where\":{\"producer\":3}}"
                .formatted(MARKED_VALUE));
    assertThat(found.at("/ids/0/0").asText()).isEqualTo("p3-w4-r1");
    JsonNode all = read("get", "{\"include\":[]}");
    assertThat(all.get("ids")).hasSize(acknowledged.get());
  }

  private void assertLogs() {
    List<String> printed = account.printed();
    assertThat(printed).noneMatch(line -> line.contains(MARK) || line.contains(MARKED_VALUE));
    String all = String.join("\n", printed);
    assertThat(all)
        .contains("\"message\":\"run ended\"", "\"epoch\":\"", "\"function_request_id\":\"")
        .contains("\"DeltasCommitted\":1", "\"QuarantinedDeltas\":1", "\"RunDuration\":")
        .contains("\"LockLosses\":", "\"WriteAmplification\":", "\"OldestUnfoldedAge\":")
        .contains("\"CacheHits\":1", "\"SearchTime\":");
  }
}
