package dev.siltstone.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedServerTest {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
  private static final int CONNECTIONS = 64;

  @TempDir private Path data;
  private final Semaphore answers = new Semaphore(0);

  @Test
  void stopsWithinTwoSecondsWithOpenConnectionsAndWritesUnderWay() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try (ServeProcess server = ServeProcess.start(data);
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        idle.add(keptAlive(server));
      }
      VersionedWriter writer =
          new VersionedWriter(0, HttpCollection.open(client, server.uri(), "stopped"), answers);
      Future<Void> writing = threads.submit(writer);
      assertThat(answers.tryAcquire(3, 60, TimeUnit.SECONDS)).as("writes are under way").isTrue();
      Duration stopped = server.terminate();
      writing.get();
      System.out.printf(
          "ready after %d ms, stopped after %d ms with %d idle connections%n",
          server.ready().toMillis(), stopped.toMillis(), CONNECTIONS);
      assertThat(stopped).isLessThan(LONGEST_STOP);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  /** A connection that has had one answer and stays open. */
  private static Socket keptAlive(ServeProcess server) throws IOException {
    Socket socket = new Socket(server.uri().getHost(), server.uri().getPort());
    socket
        .getOutputStream()
        .write(
            "GET /api/v2/heartbeat HTTP/1.1\r\nhost: test\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    return socket;
  }
}
