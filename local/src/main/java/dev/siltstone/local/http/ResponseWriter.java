package dev.siltstone.local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Gzip;
import dev.siltstone.local.http.HttpSettings.Compression;
import java.io.IOException;
import java.io.OutputStream;

/** Sends an answer: headers, the body once, compressed where that pays. */
final class ResponseWriter {
  private static final long NO_BODY = -1;

  private final Compression compression;

  ResponseWriter(Compression compression) {
    this.compression = compression;
  }

  void write(HttpExchange exchange, ApiResponse response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    response.headers().forEach(headers::set);
    byte[] body = response.body();
    if (pays(exchange, response)) {
      body = Gzip.compress(body);
      headers.set("content-encoding", "gzip");
      headers.add("vary", "accept-encoding");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("content-length", Integer.toString(body.length));
      exchange.sendResponseHeaders(response.status(), NO_BODY);
    } else if (body.length == 0) {
      exchange.sendResponseHeaders(response.status(), NO_BODY);
    } else {
      send(exchange, response.status(), body);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
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
