package dev.siltstone.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Finished requests: head and body as they go over the wire. Numbers are written as JSON. */
final class Requests {
  private static final String DATABASE =
      "/api/v2/tenants/default_tenant/databases/default_database";
  private static final String RESULTS = "\"n_results\":10,\"include\":[\"distances\"]";

  private final URI server;
  private final DataSet data;
  private String collection = "";

  Requests(URI server, DataSet data) {
    this.server = server;
    this.data = data;
  }

  /** From now on requests are about this collection, on this server. */
  Requests of(URI address, String collectionId) {
    Requests next = new Requests(address, data);
    next.collection = DATABASE + "/collections/" + collectionId;
    return next;
  }

  byte[] create(String name) {
    return post(
        DATABASE + "/collections",
        "{\"name\":\"" + name + "\",\"configuration\":{\"hnsw\":{\"space\":\"cosine\"}}}");
  }

  byte[] drop(String name) {
    return request("DELETE", DATABASE + "/collections/" + name, "");
  }

  byte[] indexingStatus() {
    return request("GET", collection + "/indexing_status", "");
  }

  byte[] add(int from, int to) {
    StringBuilder ids = new StringBuilder();
    StringBuilder embeddings = new StringBuilder();
    StringBuilder documents = new StringBuilder();
    StringBuilder metadata = new StringBuilder();
    for (int i = from; i < to; i++) {
      String comma = i == from ? "" : ",";
      ids.append(comma).append(quoted(id(i)));
      vector(embeddings.append(comma), data.vectors()[i]);
      documents.append(comma).append(quoted(data.documents()[i]));
      metadata.append(comma).append(metadata(data.percents()[i]));
    }
    return post(
        collection + "/add",
        "{\"ids\":[%s],\"embeddings\":[%s],\"documents\":[%s],\"metadatas\":[%s]}"
            .formatted(ids, embeddings, documents, metadata));
  }

  /** One record under a new id, with a record's own values. */
  byte[] write(String operation, String id, int like) {
    return post(
        collection + "/" + operation,
        "{\"ids\":[%s],\"embeddings\":[%s],\"documents\":[%s],\"metadatas\":[%s]}"
            .formatted(
                quoted(id),
                vector(new StringBuilder(), data.vectors()[like]),
                quoted(data.documents()[like]),
                metadata(data.percents()[like])));
  }

  byte[] delete(String id) {
    return post(collection + "/delete", "{\"ids\":[" + quoted(id) + "]}");
  }

  byte[] get(String id) {
    return post(
        collection + "/get",
        "{\"ids\":[%s],\"include\":[\"documents\",\"metadatas\"]}".formatted(quoted(id)));
  }

  byte[] getContaining(String text) {
    return post(
        collection + "/get",
        "{\"where_document\":{\"$contains\":%s},\"limit\":10,\"include\":[\"documents\"]}"
            .formatted(quoted(text)));
  }

  /** A query; {@code filter} is a field more, such as {@code "where":…}, or null. */
  byte[] query(float[] vector, @Nullable String filter) {
    return post(
        collection + "/query",
        "{\"query_embeddings\":[%s],%s%s}"
            .formatted(
                vector(new StringBuilder(), vector), RESULTS, filter == null ? "" : "," + filter));
  }

  static String id(int record) {
    return "record-" + record;
  }

  private static String metadata(int percent) {
    return "{\"percent\":%d,\"decile\":%d}".formatted(percent, percent % 10);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static StringBuilder vector(StringBuilder out, float[] values) {
    char before = '[';
    for (float value : values) {
      out.append(before).append(value);
      before = ',';
    }
    return out.append(']');
  }

  private byte[] post(String path, String body) {
    return request("POST", path, body);
  }

  private byte[] request(String method, String path, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    String head =
        "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, server.getAuthority(), bytes.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + bytes.length);
    all.writeBytes(head.getBytes(UTF_8));
    all.writeBytes(bytes);
    return all.toByteArray();
  }
}
