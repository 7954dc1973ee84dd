package dev.siltstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.local.http.HttpSettings.Compression;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More slow clients than there are threads, and then one that is not. */
class SlowClientsTest {
  private static final int SLOW = 100;
  private static final int LIMIT = 1 << 20;
  private static final byte[] LARGE = new byte[32 << 20];

  private final List<RawConnection> slow = new ArrayList<>();
  private final EchoApi echo = new EchoApi();
  private LocalServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        LocalServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new HttpSettings(LIMIT, 4 * LIMIT, Compression.FOR_REMOTE_CLIENTS, Set.of()),
            this::answer);
  }

  @AfterEach
  void stop() throws Exception {
    for (RawConnection connection : slow) {
      connection.close();
    }
    server.close();
  }

  @Test
  void whoPromisesABodyAndSendsNothingHoldsUpNobody() throws Exception {
    for (int i = 0; i < SLOW; i++) {
      slowly(
          "POST / HTTP/1.1\r\nhost: t\r\nexpect: 100-continue\r\ncontent-length: %d\r\n\r\n"
              .formatted(LIMIT));
      assertThat(slow.getLast().answer()).startsWith("HTTP/1.1 100");
    }
    assertAnswersOthers();
  }

  @Test
  void whoSendsABodyByteByByteHoldsUpNobody() throws Exception {
    for (int i = 0; i < SLOW; i++) {
      slowly(
          "POST / HTTP/1.1\r\n"
              + "host: t\r\n"
              + "expect: 100-continue\r\n"
              + "transfer-encoding: chunked\r\n\r\n");
      assertThat(slow.getLast().answer()).startsWith("HTTP/1.1 100");
      slow.getLast().send("1\r\nx\r\n");
    }
    assertAnswersOthers();
    slow.getFirst().send("0\r\n\r\n");
    assertThat(slow.getFirst().answer()).startsWith("HTTP/1.1 201").endsWith("x");
  }

  @Test
  void whoDoesNotEndItsHeadHoldsUpNobody() throws Exception {
    for (int i = 0; i < SLOW; i++) {
      slowly("POST / HTTP/1.1\r\nhost: t\r\nx-slow: ");
    }
    assertAnswersOthers();
  }

  @Test
  void whoDoesNotReadItsAnswerHoldsUpNobody() throws Exception {
    for (int i = 0; i < SLOW; i++) {
      slowly("GET /large HTTP/1.1\r\nhost: t\r\n\r\n");
      assertThat(slow.getLast().firstByte()).isEqualTo('H');
    }
    assertAnswersOthers();
  }

  private void slowly(String text) throws Exception {
    RawConnection connection = new RawConnection(server.uri());
    slow.add(connection);
    connection.send(text);
  }

  private void assertAnswersOthers() throws Exception {
    try (RawConnection other = new RawConnection(server.uri())) {
      assertThat(other.get("/")).startsWith("HTTP/1.1 200").endsWith("\"nothing\"");
      String body = "y".repeat(LIMIT);
      other.send(
          "POST / HTTP/1.1\r\nhost: t\r\ncontent-length: %d\r\n\r\n%s".formatted(LIMIT, body));
      assertThat(other.answer()).startsWith("HTTP/1.1 201").endsWith(body);
    }
  }

  private ApiResponse answer(ApiRequest request) {
    return request.path().equals("/large") ? ApiResponse.json(200, LARGE) : echo.apply(request);
  }
}
