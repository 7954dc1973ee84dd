package dev.siltstone.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.processes.ServeProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that takes too long to arrive loses its connection. */
class SlowRequestsTest {
  private static final int PATIENCE_MILLIS = 30_000;

  @TempDir private Path folder;

  @Test
  void loseTheirConnection() throws Exception {
    try (ServeProcess server =
        ServeProcess.start(List.of("-Dsun.net.httpserver.maxReqTime=1"), folder)) {
      for (String beginning :
          List.of(
              "P",
              "POST / HTTP/1.1\r\nhost: t\r\n",
              "POST / HTTP/1.1\r\nhost: t\r\ncontent-length: 9\r\n\r\n1")) {
        assertThat(answered(server.uri(), beginning)).isFalse();
      }
    }
  }

  /** Whether anything comes before the server closes the connection. */
  private static boolean answered(URI server, String beginning) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return in.read() >= 0;
    } catch (SocketException reset) {
      return false;
    }
  }
}
