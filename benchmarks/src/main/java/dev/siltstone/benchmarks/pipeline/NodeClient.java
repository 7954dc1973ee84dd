package dev.siltstone.benchmarks.pipeline;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.record.Embedding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Sends what a Chroma client would send, without the network between. */
final class NodeClient {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  private final LocalNode node;
  private final int dimension;
  private final SplittableRandom random;
  private String path = COLLECTIONS;
  private int written;

  NodeClient(LocalNode node, int dimension, long seed) {
    this.node = node;
    this.dimension = dimension;
    this.random = new SplittableRandom(seed);
  }

  void createCollection() {
    ApiResponse created =
        call(
            COLLECTIONS,
            "{\"name\":\"figures\",\"configuration\":{\"hnsw\":{\"space\":\"cosine\"}}}");
    Matcher id = ID.matcher(new String(created.body(), StandardCharsets.UTF_8));
    if (!id.find()) {
      throw new IllegalStateException("no id in the answer");
    }
    path = COLLECTIONS + "/" + id.group(1);
  }

  /** Adds fresh records with documents and metadata, in one request. */
  void write(int count) {
    write(
        IntStream.range(written, written + count)
            .mapToObj(i -> "What record " + i + " says of itself, in a short sentence.")
            .toList());
  }

  /** Adds a fresh record for each document, which JSON must not need to escape, in one request. */
  void write(List<String> texts) {
    StringJoiner ids = new StringJoiner(",", "[", "]");
    StringJoiner embeddings = new StringJoiner(",", "[", "]");
    StringJoiner documents = new StringJoiner(",", "[", "]");
    StringJoiner metadatas = new StringJoiner(",", "[", "]");
    for (String text : texts) {
      ids.add("\"record-" + written + "\"");
      embeddings.add("\"" + Base64.getEncoder().encodeToString(vector().toLittleEndian()) + "\"");
      documents.add("\"" + text + "\"");
      metadatas.add("{\"number\":" + written + "}");
      written++;
    }
    call(
        path + "/add",
        "{\"ids\":%s,\"embeddings\":%s,\"documents\":%s,\"metadatas\":%s}"
            .formatted(ids, embeddings, documents, metadatas));
  }

  /** The ten nearest to a fresh vector. */
  void query() {
    query("");
  }

  /** The ten nearest to a fresh vector whose documents satisfy a condition in JSON. */
  void queryWhereDocument(String condition) {
    query(",\"where_document\":" + condition);
  }

  /** The first records whose documents satisfy a condition in JSON. */
  void getWhereDocument(String condition, int limit) {
    call(path + "/get", "{\"where_document\":%s,\"limit\":%d}".formatted(condition, limit));
  }

  private void query(String more) {
    StringJoiner values = new StringJoiner(",", "[", "]");
    Embedding query = vector();
    for (int i = 0; i < dimension; i++) {
      values.add(Float.toString(query.get(i)));
    }
    call(path + "/query", "{\"query_embeddings\":[" + values + "],\"n_results\":10" + more + "}");
  }

  void getById() {
    call(path + "/get", "{\"ids\":[\"record-" + random.nextInt(written) + "\"]}");
  }

  void compact() {
    node.compact(CollectionId.parse(path.substring(path.lastIndexOf('/') + 1)));
  }

  private Embedding vector() {
    float[] values = new float[dimension];
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) random.nextGaussian();
      squares += values[i] * values[i];
    }
    for (int i = 0; i < dimension; i++) {
      values[i] /= (float) Math.sqrt(squares);
    }
    return Embedding.owning(values);
  }

  private ApiResponse call(String target, String body) {
    ApiResponse response =
        node.answer(
            new ApiRequest(
                "POST", target, Map.of(), Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    if (response.status() >= 300) {
      throw new IllegalStateException(
          response.status() + " " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }
}
