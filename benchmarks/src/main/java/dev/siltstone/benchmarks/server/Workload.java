package dev.siltstone.benchmarks.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The phases of a run, in their order: ingest, reads, writes. All requests are made beforehand. */
final class Workload {
  private static final int BATCH = 1_000;
  private static final int K = 10;
  private static final int CALLS = 200;
  private static final int WARM_UP = 500;
  private static final double INDEXING_PATIENCE_SECONDS = 600;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DataSet data;
  private final Figures figures;
  private final double seconds;
  private final List<Integer> clients;
  private final String name;
  private URI server = URI.create("http://unset");
  private Requests requests;
  private String collection = "";

  Workload(DataSet data, Figures figures, double seconds, List<Integer> clients) {
    this.data = data;
    this.figures = figures;
    this.seconds = seconds;
    this.clients = clients;
    this.name = "benchmark-" + System.currentTimeMillis();
    this.requests = new Requests(server, data);
  }

  /** Creates the collection, adds everything and queries until all is indexed. */
  void ingest(URI address) throws IOException {
    server = address;
    requests = new Requests(address, data);
    try (KeepAliveClient client = new KeepAliveClient(server)) {
      JsonNode created = JSON.readTree(client.send(requests.create(name)).orThrow());
      collection = created.path("id").asText();
      requests = requests.of(server, collection);
      long began = System.nanoTime();
      long acknowledging = 0;
      for (int from = 0; from < data.size(); from += BATCH) {
        byte[] batch = requests.add(from, Math.min(from + BATCH, data.size()));
        long sent = System.nanoTime();
        client.send(batch).orThrow();
        acknowledging += System.nanoTime() - sent;
      }
      figures.add(
          "throughput", "ingest acknowledged", "vectors/s", data.size() / (acknowledging / 1e9));
      awaitIndexed(client, began);
    }
  }

  private void awaitIndexed(KeepAliveClient client, long began) throws IOException {
    List<byte[]> queries = queries(null);
    List<Latencies> meanwhile = new ArrayList<>();
    while (System.nanoTime() - began < INDEXING_PATIENCE_SECONDS * 1e9) {
      KeepAliveClient.Answer status = client.send(requests.indexingStatus());
      if (status.status() != 200) {
        System.out.println("(no indexing status: " + status.status() + ")");
        return;
      }
      if (JSON.readTree(status.body()).path("num_unindexed_ops").asLong() == 0) {
        figures.add("duration", "all indexed", "s", (System.nanoTime() - began) / 1e9);
        break;
      }
      meanwhile.add(Latencies.inTurn(client, queries.subList(0, 20)));
    }
    if (!meanwhile.isEmpty()) {
      double[] medians = meanwhile.stream().mapToDouble(one -> one.millis(0.5)).sorted().toArray();
      figures.add("latency", "query while indexing p50", "ms", medians[medians.length / 2]);
    }
  }

  /** Recall, then loads of queries, then single kinds of reads. */
  void reads() throws Exception {
    figures.add("recall", "recall@10", "", recall());
    List<byte[]> queries = queries(null);
    warmUp(queries);
    for (int connections : clients) {
      Latencies load = Latencies.during(server, connections, seconds, queries);
      String who = connections == 1 ? "1 client" : connections + " clients";
      figures.add("query, " + who, load);
      figures.add("throughput", "queries, " + who, "queries/s", load.perSecond());
    }
    measure("query, filter of 10 %", queries("\"where\":{\"decile\":3}"));
    measure("query, filter of 1 %", queries("\"where\":{\"percent\":17}"));
    String word = DataSet.rareWord();
    measure("get $contains", repeat(_ -> requests.getContaining(word)));
    measure("query $contains", queries("\"where_document\":{\"$contains\":\"" + word + "\"}"));
    measure("get by id", repeat(i -> requests.get(Requests.id(i * 7919 % data.size()))));
  }

  /** Single records, one after another. */
  void writes() throws IOException {
    measure("add", repeat(i -> requests.write("add", "single-" + i, i % data.size())));
    measure("upsert", repeat(i -> requests.write("upsert", Requests.id(i), i % data.size())));
    measure("delete", repeat(i -> requests.delete("single-" + i)));
  }

  void drop() {
    try (KeepAliveClient client = new KeepAliveClient(server)) {
      client.send(requests.drop(name));
    }
  }

  /** Goes on with the same collection under another address; returns after the first answer. */
  void moveTo(URI address) {
    server = address;
    requests = requests.of(address, collection);
    try (KeepAliveClient client = new KeepAliveClient(server)) {
      client.send(requests.query(data.queries()[0], null)).orThrow();
    }
  }

  private double recall() throws IOException {
    int found = 0;
    try (KeepAliveClient client = new KeepAliveClient(server)) {
      for (float[] query : data.queries()) {
        JsonNode answer = JSON.readTree(client.send(requests.query(query, null)).orThrow());
        Set<String> ids = new HashSet<>();
        answer.path("ids").path(0).forEach(id -> ids.add(id.asText()));
        found +=
            (int)
                Arrays.stream(data.nearest(query, K))
                    .filter(record -> ids.contains(Requests.id(record)))
                    .count();
      }
    }
    return (double) found / (data.queries().length * K);
  }

  private void measure(String what, List<byte[]> calls) {
    try (KeepAliveClient client = new KeepAliveClient(server)) {
      Latencies.inTurn(client, calls.subList(0, calls.size() / 4));
      Latencies rest = Latencies.inTurn(client, calls.subList(calls.size() / 4, calls.size()));
      figures.add("latency", what + " p50", "ms", rest.millis(0.5));
    }
  }

  private void warmUp(List<byte[]> queries) {
    try (KeepAliveClient client = new KeepAliveClient(server)) {
      for (int i = 0; i < WARM_UP; i++) {
        client.send(queries.get(i % queries.size())).orThrow();
      }
    }
  }

  private List<byte[]> queries(@Nullable String filter) {
    return Arrays.stream(data.queries()).map(query -> requests.query(query, filter)).toList();
  }

  private static List<byte[]> repeat(IntFunction<byte[]> request) {
    return IntStream.range(0, CALLS).mapToObj(request).toList();
  }
}
