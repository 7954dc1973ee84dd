package dev.siltstone.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.segment.GraphPolicy;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Requests of each common kind on a collection of their own. */
final class TrainingRequests {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final int DIMENSION = 32;
  private static final int BATCH = 3_000;

  private final Function<ApiRequest, ApiResponse> server;
  private final String id;
  private final SplittableRandom random = new SplittableRandom(1);

  private TrainingRequests(Function<ApiRequest, ApiResponse> server, String id) {
    this.server = server;
    this.id = id;
  }

  static TrainingRequests onNewCollection(Function<ApiRequest, ApiResponse> server) {
    return on(server, send(server, "POST", COLLECTIONS, "{\"name\":\"training\"}"));
  }

  /** The collection that an earlier run has made. */
  static TrainingRequests onCollection(Function<ApiRequest, ApiResponse> server) {
    return on(server, send(server, "GET", COLLECTIONS + "/training", ""));
  }

  private static TrainingRequests on(Function<ApiRequest, ApiResponse> server, String described) {
    Matcher id = ID.matcher(described);
    if (!id.find()) {
      throw new IllegalStateException("no collection was described: " + described);
    }
    return new TrainingRequests(server, id.group(1));
  }

  CollectionId collection() {
    return CollectionId.parse(id);
  }

  /** As many records as a graph needs. */
  void addMany() {
    for (int first = 0; first < GraphPolicy.LINKED_FROM_ROWS; first += BATCH) {
      send(server, "POST", path("/add"), records(first, BATCH));
    }
  }

  /** Writes of each kind. */
  void write() {
    send(server, "POST", path("/upsert"), records(0, 2));
    send(server, "POST", path("/update"), "{\"ids\":[\"a1\"],\"documents\":[\"stone\"]}");
    send(server, "POST", path("/delete"), "{\"ids\":[\"a0\"]}");
  }

  /** Reads of each kind. */
  void read() {
    for (Call call : reads()) {
      send(server, call.method(), call.path(), call.body());
    }
  }

  /** The same reads over a socket; on a machine that is off every network they are left out. */
  void readOverHttp(URI address) {
    for (Call call : reads()) {
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        socket.getOutputStream().write(call.http());
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        System.err.println("nothing was asked over HTTP: " + e);
        return;
      }
    }
  }

  private List<Call> reads() {
    String query = "{\"query_embeddings\":[" + vector() + "],\"n_results\":10";
    String where = "\"where\":{\"n\":{\"$gt\":0}},\"where_document\":{\"$contains\":\"silt\"}";
    return List.of(
        new Call("GET", "/api/v2/heartbeat", ""),
        new Call("GET", COLLECTIONS, ""),
        new Call("POST", path("/query"), query + "}"),
        new Call("POST", path("/query"), query + "," + where + "}"),
        new Call("POST", path("/get"), "{\"ids\":[\"a7\"]}"),
        new Call("POST", path("/get"), "{" + where + ",\"limit\":2}"),
        new Call("GET", path("/count"), ""),
        new Call("GET", path("/indexing_status"), ""));
  }

  private String path(String call) {
    return COLLECTIONS + "/" + id + call;
  }

  private String records(int first, int count) {
    StringJoiner ids = new StringJoiner(",", "[", "]");
    StringJoiner embeddings = new StringJoiner(",", "[", "]");
    StringJoiner documents = new StringJoiner(",", "[", "]");
    StringJoiner metadatas = new StringJoiner(",", "[", "]");
    for (int i = first; i < first + count; i++) {
      ids.add("\"a" + i + "\"");
      embeddings.add(vector());
      documents.add("\"silt of river " + i + "\"");
      metadatas.add("{\"n\":" + i + ",\"s\":\"x\"}");
    }
    return "{\"ids\":%s,\"embeddings\":%s,\"documents\":%s,\"metadatas\":%s}"
        .formatted(ids, embeddings, documents, metadatas);
  }

  private String vector() {
    return random
        .doubles(DIMENSION, -1, 1)
        .mapToObj(value -> Float.toString((float) value))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String send(
      Function<ApiRequest, ApiResponse> server, String method, String path, String body) {
    ApiResponse response =
        server.apply(new ApiRequest(method, path, Map.of(), Map.of(), body.getBytes(UTF_8)));
    String text = new String(response.body(), UTF_8);
    if (response.status() >= 400) {
      throw new IllegalStateException(path + " answered " + text);
    }
    return text;
  }

  private record Call(String method, String path, String body) {
    byte[] http() {
      return "%s %s HTTP/1.1\r\nHost: local\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
          .formatted(method, path, body.length(), body)
          .getBytes(UTF_8);
    }
  }
}
