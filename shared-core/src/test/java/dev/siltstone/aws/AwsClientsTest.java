package dev.siltstone.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** That neither the SDK nor the connections under it send a request again by themselves. */
final class AwsClientsTest {
  private static final Map<String, AttributeValue> KEY = Map.of("pk", AttributeValue.fromS("x"));

  private final AbruptServer server = new AbruptServer();
  private final AwsCallCounter counter = new AwsCallCounter();
  private final AwsClients clients =
      AwsClients.over(
          AwsClients.newHttpClient(),
          new AwsEndpoints(server.uri(), server.uri(), null),
          builder ->
              builder
                  .region(Region.US_EAST_1)
                  .credentialsProvider(
                      StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"))),
          counter);

  @AfterEach
  void close() throws IOException {
    clients.close();
    server.close();
  }

  @Test
  void sendsAnUpdateOnceWhenAReusedConnectionDies() {
    DynamoDbClient client = clients.dynamoDb();
    client.getItem(b -> b.tableName("t").key(KEY));
    server.dieOnNextRequest();

    assertThatThrownBy(() -> client.updateItem(b -> b.tableName("t").key(KEY)))
        .isInstanceOf(SdkClientException.class);

    assertThat(server.requests()).isEqualTo(2);
    assertThat(counter.counts().calls())
        .isEqualTo(Map.of("DynamoDb.GetItem", 1L, "DynamoDb.UpdateItem", 1L));
  }

  @Test
  void sendsAPutOnceWhenAReusedConnectionDies() {
    S3Client client = clients.s3();
    client.putObject(b -> b.bucket("bucket").key("one"), RequestBody.fromString("x"));
    server.dieOnNextRequest();

    assertThatThrownBy(() ->
            client.putObject(
                b -> b.bucket("bucket").key("two").ifNoneMatch("*"), RequestBody.fromString("x")))
        .isInstanceOf(SdkClientException.class);

    assertThat(server.requests()).isEqualTo(2);
  }

  /** Reads requests, answers "fine, and nothing to say", or hangs up after reading one. */
  private static final class AbruptServer {
    private final ServerSocket socket = listen();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean dying;

    AbruptServer() {
      Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    int requests() {
      return requests.get();
    }

    void dieOnNextRequest() {
      dying = true;
    }

    void close() throws IOException {
      socket.close();
    }

    private static ServerSocket listen() {
      try {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private void accept() {
      while (!socket.isClosed()) {
        try {
          Socket connection = socket.accept();
          Thread.ofVirtual().start(() -> serve(connection));
        } catch (IOException e) {
          return;
        }
      }
    }

    private void serve(Socket connection) {
      try (connection) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        while (readRequest(in)) {
          requests.incrementAndGet();
          if (dying) {
            dying = false;
            return;
          }
          connection
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                      .getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // The client has gone.
      }
    }

    private static boolean readRequest(BufferedReader in) throws IOException {
      int length = 0;
      String line = in.readLine();
      if (line == null) {
        return false;
      }
      for (; line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
        }
      }
      for (int read = 0; read < length; read++) {
        in.read();
      }
      return true;
    }
  }
}
