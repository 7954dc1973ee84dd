package dev.siltstone.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.local.embedding.AllMiniLmEmbeddingFunction;
import dev.siltstone.local.http.HttpSettings;
import dev.siltstone.local.http.LocalServer;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Starts a server on an empty folder, sends it one request of each common kind and ends. The
 * launcher runs it once after a build, so that the JVM can note which classes a start and the first
 * answers need, and keep them loaded and linked in its ahead-of-time cache.
 */
@Command(name = "train", hidden = true, description = "The run that the AOT cache is made from.")
final class TrainingCommand implements Callable<Integer> {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final String HEARTBEAT =
      "POST /api/v2/heartbeat HTTP/1.1\r\nHost: local\r\nConnection: close\r\n"
          + "Content-Length: 2\r\n\r\n{}";
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  @Parameters(paramLabel = "DIR", description = "An empty folder.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws IOException {
    try (AllMiniLmEmbeddingFunction embedding = new AllMiniLmEmbeddingFunction(1);
        LocalNode node =
            LocalNode.open(
                new NodeSettings(folder, embedding, Compaction.IN_BACKGROUND, Reset.REFUSED));
        LocalServer server =
            LocalServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                HttpSettings.standard(),
                node::answer)) {
      askEverything(node);
      askOverHttp(server.uri());
    }
    return 0;
  }

  private static void askEverything(LocalNode node) {
    String created = send(node, "POST", COLLECTIONS, "{\"name\":\"training\"}");
    Matcher id = ID.matcher(created);
    if (!id.find()) {
      throw new IllegalStateException("no collection was created: " + created);
    }
    String collection = COLLECTIONS + "/" + id.group(1);
    String records =
        """
        {"ids":["a","b"],"embeddings":[[1,0.5],[0.25,1]],"documents":["silt","stone"],
        "metadatas":[{"n":1},{"n":2.5,"s":"x"}]}\
        """;
    send(node, "POST", collection + "/add", records);
    send(node, "POST", collection + "/upsert", records);
    String where = "\"where\":{\"n\":{\"$gt\":0}},\"where_document\":{\"$contains\":\"s\"}";
    send(node, "POST", collection + "/query", "{\"query_embeddings\":[[1,0.5]]," + where + "}");
    send(node, "POST", collection + "/get", "{\"ids\":[\"a\"]}");
    send(node, "GET", collection + "/count", "");
    send(node, "GET", collection + "/indexing_status", "");
    send(node, "POST", collection + "/delete", "{\"ids\":[\"b\"]}");
  }

  private static String send(LocalNode node, String method, String path, String body) {
    ApiResponse response =
        node.answer(new ApiRequest(method, path, Map.of(), Map.of(), body.getBytes(UTF_8)));
    String text = new String(response.body(), UTF_8);
    if (response.status() >= 400) {
      throw new IllegalStateException(path + " answered " + text);
    }
    return text;
  }

  /** The classes of the HTTP server; on a machine that is off every network they stay out. */
  private static void askOverHttp(URI server) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.getOutputStream().write(HEARTBEAT.getBytes(UTF_8));
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      System.err.println("nothing was asked over HTTP: " + e);
    }
  }
}
