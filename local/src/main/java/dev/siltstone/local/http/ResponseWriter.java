package dev.siltstone.local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Gzip;
import dev.siltstone.local.http.HttpSettings.Compression;
import java.io.IOException;
import java.io.OutputStream;

/** Compresses an answer where that pays, and sends it: headers, then the body. */
final class ResponseWriter {
  private static final long NO_BODY = -1;
  private static final int PIECE_BYTES = 32 << 10;

  private final Compression compression;

  ResponseWriter(Compression compression) {
    this.compression = compression;
  }

  /** The answer as it goes over the wire. */
  ApiResponse packed(HttpExchange exchange, ApiResponse response) {
    return pays(exchange, response)
        ? new ApiResponse(response.status(), response.headers(), Gzip.compress(response.body()))
            .withHeader("content-encoding", "gzip")
            .withHeader("vary", vary(response))
        : response;
  }

  /** Sends what was {@link #packed}; may wait for the client for long. */
  void write(HttpExchange exchange, ApiResponse response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    response.headers().forEach(headers::set);
    byte[] body = response.body();
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("content-length", Integer.toString(body.length));
      exchange.sendResponseHeaders(response.status(), NO_BODY);
    } else if (body.length == 0) {
      exchange.sendResponseHeaders(response.status(), NO_BODY);
    } else {
      send(exchange, response.status(), body);
    }
  }

  private static String vary(ApiResponse response) {
    String others = response.headers().get("vary");
    return others == null ? "accept-encoding" : others + ", accept-encoding";
  }

  /**
   * In pieces: the JDK's server copies each into a buffer of twice its length, which the connection
   * keeps.
   */
  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int sent = 0; sent < body.length; sent += PIECE_BYTES) {
        out.write(body, sent, Math.min(PIECE_BYTES, body.length - sent));
      }
    }
  }

  private boolean pays(HttpExchange exchange, ApiResponse response) {
    return response.body().length >= Gzip.WORTH_COMPRESSING
        && !response.headers().containsKey("content-encoding")
        && Gzip.isAccepted(exchange.getRequestHeaders().getFirst("Accept-encoding"))
        && (compression == Compression.ALWAYS
            || !exchange.getRemoteAddress().getAddress().isLoopbackAddress());
  }
}
