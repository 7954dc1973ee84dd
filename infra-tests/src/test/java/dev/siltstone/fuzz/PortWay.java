package dev.siltstone.fuzz;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.local.http.HttpApi;
import dev.siltstone.local.http.HttpSettings;
import dev.siltstone.local.http.LocalServer;
import dev.siltstone.local.node.LocalNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes on a socket to a server in this process; the connection is kept while the server does. */
final class PortWay implements WayIn {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)");
  private static final List<String> SPOILT_HEADERS =
      List.of(
          "content-type: text/plain",
          "content-type: application/x-www-form-urlencoded",
          "content-type: ",
          "content-type: application/json; charset=\u00ff",
          "content-encoding: br",
          "content-encoding: gzip",
          "content-encoding: gzip, gzip",
          "accept-encoding: gzip",
          "accept-encoding: ;q=,,=*;q=x",
          "accept-encoding: gzip;q=0",
          "x-siltstone-measure: on",
          "x-siltstone-as-of: 99999999999999999999999",
          "x-siltstone-ef-search: 2147483647",
          "x-siltstone-ef-search: -1",
          "origin: https://elsewhere.example",
          "origin: null",
          "connection: close",
          "expect: 100-continue",
          "no-colon",
          ": empty name",
          "cookie: " + "c".repeat(8_000),
          "authorization: Bearer " + "t".repeat(2_000),
          "authorization: Basic \u0000\u0001");

  private final ProcessorTime time = new ProcessorTime();
  private final Random random;
  private final LocalServer server;
  private @Nullable Socket connection;

  PortWay(LocalNode node, Random random) throws IOException {
    this.random = random;
    this.server =
        LocalServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            HttpSettings.standard(),
            new Timed(node));
  }

  private final class Timed implements HttpApi {
    private final LocalNode node;

    Timed(LocalNode node) {
      this.node = node;
    }

    @Override
    public ApiResponse answer(ApiRequest request) {
      return time.of(() -> node.answer(request));
    }

    @Override
    public Optional<ApiResponse> refusal(ApiRequest head) {
      return node.refusal(head);
    }
  }

  @Override
  public long mostProcessorNanos() {
    return time.mostNanos();
  }

  @Override
  public Answer send(ApiRequest request) throws IOException {
    return exchange(head(request, request.body().length, ""), request.body());
  }

  @Override
  public Answer sendSpoilt(ApiRequest request) throws IOException {
    byte[] body = request.body();
    return switch (random.nextInt(12)) {
      case 0 -> last(head(request, body.length, spoiltHeader()), body);
      case 1 -> last(head(request, body.length, spoiltHeader() + spoiltHeader()), body);
      case 2 -> zipped(request, Zipped.of(body));
      case 3 -> zipped(request, Zipped.bomb(1 << (10 + random.nextInt(17))));
      case 4 -> zipped(request, Zipped.damaged(body, random));
      case 5 -> last(head(request, body.length + 10, ""), body);
      case 6 -> last(head(request, -1, "transfer-encoding: chunked\r\n"), chunked(body));
      case 7 -> last(head(request, -1, "transfer-encoding: chunked\r\n"), badlyChunked(body));
      case 8 -> last(head(request, -1, "content-length: " + oddLength() + "\r\n"), body);
      case 9 -> last(manyHeaders(request), body);
      case 10 -> last("", noise());
      default -> last("POST http://[x/ HTTP/1.1\r\nhost: x\r\n\r\n", body);
    };
  }

  private Answer zipped(ApiRequest request, byte[] body) throws IOException {
    return last(head(request, body.length, "content-encoding: gzip\r\n"), body);
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String spoiltHeader() {
    return SPOILT_HEADERS.get(random.nextInt(SPOILT_HEADERS.size())) + "\r\n";
  }

  private String oddLength() {
    return List.of("-1", "x", "99999999999999999999", "0", "1", "", "0x10").get(random.nextInt(7));
  }

  private String manyHeaders(ApiRequest request) {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < 150 + random.nextInt(100); i++) {
      headers.append("x-h").append(i).append(": ").append("v".repeat(i)).append("\r\n");
    }
    return head(request, request.body().length, headers.toString());
  }

  private byte[] chunked(byte[] body) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + random.nextInt(200));
      chunks.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunks.write(body, at, size);
      chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      at += size;
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return chunks.toByteArray();
  }

  private byte[] badlyChunked(byte[] body) {
    byte[] chunks = chunked(body);
    chunks[random.nextInt(chunks.length)] = (byte) random.nextInt(256);
    return chunks;
  }

  /** Without a length if that is negative. */
  private static String head(ApiRequest request, int length, String more) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.path());
    String query =
        String.join(
            "&",
            request.query().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().getFirst())
                .toList());
    head.append(query.isEmpty() ? "" : "?" + query).append(" HTTP/1.1\r\nhost: fuzz\r\n");
    request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append(length < 0 ? "" : "content-length: " + length + "\r\n");
    return head.append(more).append("\r\n").toString();
  }

  private Answer exchange(String head, byte[] body) throws IOException {
    Socket socket = connected();
    try {
      write(socket, head, body);
      return answer(socket);
    } catch (SocketException e) {
      drop();
      return Answer.NONE;
    }
  }

  /** Nothing more comes on this connection, whatever the server has been promised. */
  private Answer last(String head, byte[] body) throws IOException {
    Socket socket = connected();
    try {
      write(socket, head, body);
      socket.shutdownOutput();
      return answer(socket);
    } catch (SocketException e) {
      return Answer.NONE;
    } finally {
      drop();
    }
  }

  private static void write(Socket socket, String head, byte[] body) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    all.writeBytes(body);
    socket.getOutputStream().write(all.toByteArray());
  }

  private Answer answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        drop();
        return Answer.NONE;
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(text.substring(9, 12));
    if (status == 100) {
      return answer(socket);
    }
    Matcher length = LENGTH.matcher(text);
    byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
    if (text.contains("connection: close")) {
      drop();
    }
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private Socket connected() throws IOException {
    Socket socket = connection;
    if (socket == null) {
      socket = new Socket(server.uri().getHost(), server.uri().getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      connection = socket;
    }
    return socket;
  }

  private void drop() throws IOException {
    Socket socket = connection;
    if (socket != null) {
      socket.close();
      connection = null;
    }
  }

  @Override
  public void close() throws IOException {
    drop();
    server.close();
  }
}
