package dev.siltstone.local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.siltstone.api.ApiException;
import dev.siltstone.failure.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a request's body whole, within its limits, and undoes gzip. */
final class BodyReader {
  private static final byte[] EMPTY = new byte[0];
  private static final long CHUNKED = -1;
  private static final int GZIP_TRAILER_BYTES = 4;

  /**
   * A refused body is read and dropped up to this, since most clients send all before they read.
   */
  private static final long DRAIN_BYTES = 256L << 20;

  private final int limit;
  private final BodyBudget budget;

  BodyReader(int limit, BodyBudget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /**
   * The body, decoded; empty if none was sent.
   *
   * @throws ApiException 413 if it is over the limit, as sent or decoded; 415 if it is encoded in
   *     an unknown way
   * @throws InvalidRequestException if it breaks off or is damaged
   */
  RequestBody read(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    long length = length(headers);
    if (length > limit) {
      throw tooLarge(exchange);
    }
    BodyBudget.Share share = budget.take(length == CHUNKED ? limit : length);
    try {
      byte[] sent = length == CHUNKED ? readChunked(exchange) : readExactly(exchange, (int) length);
      share.shrinkTo(sent.length);
      return decode(headers.getFirst("Content-encoding"), sent, share);
    } catch (IOException | RuntimeException e) {
      share.close();
      throw e;
    }
  }

  private static long length(Headers headers) {
    if (headers.containsKey("Transfer-encoding")) {
      return CHUNKED;
    }
    String length = headers.getFirst("Content-length");
    return length == null ? 0 : Long.parseLong(length);
  }

  private static byte[] readExactly(HttpExchange exchange, int length) throws IOException {
    if (length == 0) {
      return EMPTY;
    }
    byte[] body = new byte[length];
    if (exchange.getRequestBody().readNBytes(body, 0, length) < length) {
      throw new InvalidRequestException("The request body broke off");
    }
    return body;
  }

  private byte[] readChunked(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(limit + 1);
    if (body.length > limit) {
      throw tooLarge(exchange);
    }
    return body;
  }

  private ApiException tooLarge(HttpExchange exchange) throws IOException {
    byte[] dropped = new byte[1 << 16];
    InputStream body = exchange.getRequestBody();
    long left = DRAIN_BYTES;
    for (int n = 0; n >= 0 && left > 0; left -= n) {
      n = body.read(dropped);
    }
    return tooLarge();
  }

  private ApiException tooLarge() {
    return ApiException.tooLarge(
        "Payload too large: the limit is %d bytes, inflated as well: send smaller batches"
            .formatted(limit));
  }

  private RequestBody decode(@Nullable String encoding, byte[] sent, BodyBudget.Share share)
      throws IOException {
    if (encoding == null || sent.length == 0) {
      return new RequestBody(sent, share);
    }
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> new RequestBody(sent, share);
      case "gzip", "x-gzip" -> {
        RequestBody inflated = gunzip(sent);
        share.close();
        yield inflated;
      }
      default ->
          throw ApiException.unsupportedMediaType(
              "Content-Encoding must be gzip or identity, not " + encoding);
    };
  }

  private RequestBody gunzip(byte[] sent) throws IOException {
    long stated = statedSize(sent);
    if (stated > limit) {
      throw tooLarge();
    }
    BodyBudget.Share share = budget.take(stated);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sent), 1 << 14)) {
      byte[] body = new byte[(int) stated];
      if (in.readNBytes(body, 0, body.length) < body.length || in.read() >= 0) {
        throw new InvalidRequestException(
            "A gzip body must be one member whose trailer states its size");
      }
      return new RequestBody(body, share);
    } catch (IOException e) {
      share.close();
      throw new InvalidRequestException("The gzip body is damaged: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      share.close();
      throw e;
    }
  }

  /** The size in the trailer, which the decompressor checks: room is taken before it is needed. */
  private static long statedSize(byte[] gzip) {
    if (gzip.length < GZIP_TRAILER_BYTES) {
      throw new InvalidRequestException("The gzip body broke off");
    }
    long size = 0;
    for (int i = 1; i <= GZIP_TRAILER_BYTES; i++) {
      size = size << 8 | gzip[gzip.length - i] & 0xff;
    }
    return size;
  }
}
