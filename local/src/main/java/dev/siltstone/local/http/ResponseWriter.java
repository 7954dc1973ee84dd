package dev.siltstone.local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.local.http.HttpSettings.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Sends an answer: headers, the body once, compressed where that pays. */
final class ResponseWriter {
  private static final long NO_BODY = -1;

  /** Below this, a packet more or less does not matter and compressing does. */
  private static final int WORTH_COMPRESSING = 4096;

  private final Compression compression;

  ResponseWriter(Compression compression) {
    this.compression = compression;
  }

  void write(HttpExchange exchange, ApiResponse response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    response.headers().forEach(headers::set);
    byte[] body = response.body();
    if (pays(exchange, response)) {
      body = gzip(body);
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
    return response.body().length >= WORTH_COMPRESSING
        && !response.headers().containsKey("content-encoding")
        && acceptsGzip(exchange.getRequestHeaders().getFirst("Accept-encoding"))
        && (compression == Compression.ALWAYS
            || !exchange.getRemoteAddress().getAddress().isLoopbackAddress());
  }

  private static boolean acceptsGzip(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = coding.strip().split("\\s*;\\s*q=");
      boolean named = parts[0].equals("gzip") || parts[0].equals("*");
      if (named && (parts.length == 1 || !parts[1].matches("0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 3);
    try (OutputStream out = new FastGzip(compressed)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return compressed.toByteArray();
  }

  /** At the fastest level: answers are mostly digits, which the higher ones hardly shrink more. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 14);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
