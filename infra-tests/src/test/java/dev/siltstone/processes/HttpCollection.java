package dev.siltstone.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A collection behind plain HTTP: what a test sends is what goes over the wire. */
final class HttpCollection {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAVAILABLE = 503;
  private static final String TOKEN = "x-siltstone-token";
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  private final HttpClient client;
  private final URI records;

  private HttpCollection(HttpClient client, URI records) {
    this.client = client;
    this.records = records;
  }

  /** The collection of this name, created if it does not exist. */
  static HttpCollection open(HttpClient client, URI server, String name)
      throws IOException, InterruptedException {
    URI collections = server.resolve(COLLECTIONS);
    JsonNode collection =
        post(client, collections, Map.of("name", name, "get_or_create", true), 200).body();
    return new HttpCollection(
        client, URI.create(collections + "/" + collection.get("id").textValue() + "/"));
  }

  /**
   * The answer.
   *
   * @throws IOException if the connection breaks or the server says that it is stopping
   * @throws AssertionError if it answers with any other error
   */
  JsonNode call(String operation, Object body) throws IOException, InterruptedException {
    return answer(operation, body).body();
  }

  /** As {@link #call}, with the place in the log that was written, or up to which was read. */
  Answer answer(String operation, Object body) throws IOException, InterruptedException {
    return post(client, records.resolve(operation), body, operation.equals("add") ? 201 : 200);
  }

  /**
   * An answer.
   *
   * @param sequence of the write, or the last one that the read saw; 0 if nothing was written
   */
  record Answer(JsonNode body, long sequence) {}

  private static Answer post(HttpClient client, URI uri, Object body, int expected)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() == UNAVAILABLE) {
      throw new IOException(uri + ": 503 " + new String(response.body(), StandardCharsets.UTF_8));
    }
    if (response.statusCode() != expected) {
      String text = new String(response.body(), StandardCharsets.UTF_8);
      throw new AssertionError(uri + ": " + response.statusCode() + " " + text);
    }
    long sequence = response.headers().firstValueAsLong(TOKEN).orElse(0);
    return new Answer(JSON.readTree(response.body()), sequence);
  }
}
