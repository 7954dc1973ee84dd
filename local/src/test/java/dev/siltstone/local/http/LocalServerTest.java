package dev.siltstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.QueryString;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.local.http.HttpSettings.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalServerTest {
  private static final int LIMIT = 1 << 20;
  private static final HttpSettings SETTINGS =
      new HttpSettings(LIMIT, 4 * LIMIT, Compression.FOR_REMOTE_CLIENTS, Set.of());

  private final List<AutoCloseable> open = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final EchoApi echo = new EchoApi();

  @AfterEach
  void closeAll() throws Exception {
    client.close();
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
  }

  @Test
  void handsOverMethodRawPathQueryAndLowerCaseHeaders() throws Exception {
    URI server = serve(echo);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(server.resolve("/api/v2/a%2Fb?limit=3&name=x+y%26&limit=4"))
                .header("X-Chroma-Token", "secret")
                .method("PUT", BodyPublishers.ofString("{\"a\":1}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"a\":1}");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(echo.last().method()).isEqualTo("PUT");
    assertThat(echo.last().path()).isEqualTo("/api/v2/a%2Fb");
    assertThat(echo.last().query())
        .containsEntry("limit", List.of("3", "4"))
        .containsEntry("name", List.of("x y&"));
    assertThat(echo.last().headers()).containsEntry("x-chroma-token", "secret");
  }

  @Test
  void keepsTheConnectionsOf256Clients() throws Exception {
    URI server = serve(echo);
    List<RawConnection> clients = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      clients.add(connect(server));
    }
    for (int round = 0; round < 3; round++) {
      for (RawConnection connection : clients) {
        assertThat(connection.get("/")).startsWith("HTTP/1.1 200").endsWith("\"nothing\"");
      }
    }
  }

  @Test
  void answersOnAKeptConnectionWithoutWaitingForDelayedAcknowledgements() throws Exception {
    RawConnection connection = connect(serve(echo));
    connection.get("/");
    long started = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      connection.get("/");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void answersHeadWithTheLengthButNoBody() throws Exception {
    RawConnection connection = connect(serve(echo));
    connection.send("HEAD / HTTP/1.1\r\nhost: test\r\n\r\nGET / HTTP/1.1\r\nhost: test\r\n\r\n");
    String answers = connection.answer();
    assertThat(answers).contains("200 OK").containsIgnoringCase("content-length: 9");
    assertThat(answers).endsWith("HTTP/1.1 ");
  }

  @Test
  void refusesABodyOverTheLimitAfterItWasSentWhole() throws Exception {
    URI server = serve(echo);
    HttpResponse<String> answer = post(server, new byte[LIMIT + 1]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .startsWith(
            "{\"error\":\"ChromaError\",\"message\":\"Payload too large: the limit is 1048576");
    assertThat(post(server, new byte[LIMIT]).statusCode()).isEqualTo(201);
  }

  @Test
  void refusesAChunkedBodyOverTheLimit() throws Exception {
    URI server = serve(echo);
    assertThat(postChunked(server, new byte[LIMIT + 1]).statusCode()).isEqualTo(413);
    assertThat(postChunked(server, new byte[LIMIT]).statusCode()).isEqualTo(201);
  }

  @Test
  void refusesAChunkOfImpossibleSize() throws Exception {
    RawConnection connection = connect(serve(echo));
    connection.send(
        "POST / HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\nffffffffffff\r\n{}");
    assertThat(connection.answer()).startsWith("HTTP/1.1 400").contains("chunks are damaged");
  }

  @Test
  void inflatesGzip() throws Exception {
    URI server = serve(echo);
    byte[] body = "{\"ids\":[\"a\"]}".repeat(100).getBytes(StandardCharsets.UTF_8);
    assertThat(postEncoded(server, "gzip", gzip(body)).body())
        .isEqualTo(new String(body, StandardCharsets.UTF_8));
  }

  @Test
  void refusesGzipThatGrowsOverTheLimit() throws Exception {
    URI server = serve(echo);
    assertThat(postEncoded(server, "gzip", gzip(new byte[LIMIT + 1])).statusCode()).isEqualTo(413);
  }

  @Test
  void refusesGzipThatIsLongerThanItsTrailerSays() throws Exception {
    URI server = serve(echo);
    byte[] twoMembers = concat(gzip(new byte[1000]), gzip(new byte[10]));
    HttpResponse<String> answer = postEncoded(server, "gzip", twoMembers);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("InvalidArgumentError").contains("one member");
  }

  @Test
  void refusesDamagedGzipAndUnknownEncodings() throws Exception {
    URI server = serve(echo);
    byte[] damaged = gzip(new byte[1000]);
    damaged[damaged.length - 6] ^= 1;
    assertThat(postEncoded(server, "gzip", damaged).statusCode()).isEqualTo(400);
    assertThat(postEncoded(server, "gzip", new byte[] {1, 2}).statusCode()).isEqualTo(400);
    assertThat(postEncoded(server, "br", damaged).statusCode()).isEqualTo(415);
  }

  @Test
  void compressesLongAnswersWhenToldToAndAccepted() throws Exception {
    URI server = serve(new HttpSettings(LIMIT, 4 * LIMIT, Compression.ALWAYS, Set.of()), echo);
    byte[] body = "0.125,".repeat(2000).getBytes(StandardCharsets.UTF_8);
    HttpResponse<byte[]> packed = postAccepting(server, "gzip, deflate;q=0.5", body);
    assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(body);
    assertThat(postAccepting(server, "gzip;q=0", body).body()).isEqualTo(body);
  }

  @Test
  void doesNotCompressOverLoopbackByItself() throws Exception {
    byte[] body = "0.125,".repeat(2000).getBytes(StandardCharsets.UTF_8);
    assertThat(postAccepting(serve(echo), "gzip", body).body()).isEqualTo(body);
  }

  @Test
  void answersAFailureOfTheDomainAsItsError() throws Exception {
    URI server =
        serve(_ -> {
          throw new NotFoundException("no such thing");
        });
    HttpResponse<String> answer = post(server, new byte[0]);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("NotFoundError").contains("no such thing");
  }

  @Test
  void refusesAQueryStringThatCannotBeDecoded() throws Exception {
    RawConnection connection = connect(serve(echo));
    connection.send("GET /?a=%C3%28&b=%25zz HTTP/1.1\r\nhost: test\r\n\r\n");
    assertThat(connection.answer()).contains("200 OK");
    assertThatThrownBy(() -> QueryString.parse("a=%zz")).hasMessageContaining("query string");
  }

  @Test
  void stopsAtOnceWithIdleConnections() throws Exception {
    LocalServer server = start(SETTINGS, echo);
    RawConnection idle = connect(server.uri());
    idle.get("/");
    RawConnection silent = connect(server.uri());
    connect(server.uri()).get("/"); // by its answer, the silent one before it has been accepted
    long started = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    assertThat(idle.isClosedByServer()).isTrue();
    assertThat(silent.isClosedByServer()).isTrue();
  }

  @Test
  void letsARequestUnderWayFinishWhileStopping() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    LocalServer server =
        start(
            SETTINGS,
            request -> {
              entered.countDown();
              await(mayAnswer);
              return echo.apply(request);
            });
    RawConnection connection = connect(server.uri());
    connection.send("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
    entered.await();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
    assertThat(closed).isNotDone();
    mayAnswer.countDown();
    assertThat(connection.answer()).endsWith("\"nothing\"");
    closed.join();
  }

  @Test
  void saysWhenThePortIsTaken() throws Exception {
    URI taken = serve(echo);
    assertThatThrownBy(() ->
            LocalServer.start(
                new InetSocketAddress(taken.getHost(), taken.getPort()), SETTINGS, echo::apply))
        .isInstanceOf(BindException.class);
  }

  private URI serve(Function<ApiRequest, ApiResponse> api) throws IOException {
    return serve(SETTINGS, api);
  }

  private URI serve(HttpSettings settings, Function<ApiRequest, ApiResponse> api)
      throws IOException {
    return start(settings, api).uri();
  }

  @Test
  void readsNothingOfABodyThatIsRefusedByItsHead() throws Exception {
    HttpApi locked =
        new HttpApi() {
          @Override
          public ApiResponse answer(ApiRequest request) {
            throw new AssertionError("the body was read");
          }

          @Override
          public Optional<ApiResponse> refusal(ApiRequest head) {
            return head.headers().containsKey("x-chroma-token")
                ? Optional.empty()
                : Optional.of(ErrorResponse.of(ApiException.unauthorized("no")));
          }
        };
    try (LocalServer locking =
            LocalServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SETTINGS, locked);
        RawConnection client = new RawConnection(locking.uri())) {
      client.send("POST /x HTTP/1.1\r\nhost: h\r\ncontent-length: 1000000\r\n\r\nonly this");
      assertThat(client.answer()).startsWith("HTTP/1.1 401");
    }
  }

  private LocalServer start(HttpSettings settings, Function<ApiRequest, ApiResponse> api)
      throws IOException {
    LocalServer server =
        LocalServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), settings, api::apply);
    open.add(server);
    return server;
  }

  private RawConnection connect(URI server) throws IOException {
    RawConnection connection = new RawConnection(server);
    open.add(connection);
    return connection;
  }

  private HttpResponse<String> post(URI server, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> postChunked(URI server, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> postEncoded(URI server, String encoding, byte[] body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(server)
            .header("content-encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<byte[]> postAccepting(URI server, String encodings, byte[] body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(server)
            .header("accept-encoding", encodings)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(body);
    }
    return compressed.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
