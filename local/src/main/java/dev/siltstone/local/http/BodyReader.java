package dev.siltstone.local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.siltstone.api.ApiException;
import dev.siltstone.failure.InvalidRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a request's body whole, within its limits, and undoes gzip. */
final class BodyReader {
  private static final byte[] EMPTY = new byte[0];
  private static final long CHUNKED = -1;
  private static final int GZIP_TRAILER_BYTES = 4;

  /** Room for the first bytes, which is not counted, and how much more whenever that is full. */
  private static final int FIRST_BYTES = 8 << 10;

  private static final int GROWTH = 4;

  /**
   * A refused body is read and dropped up to this, since most clients send all before they read.
   */
  private static final long DRAIN_BYTES = 256L << 20;

  private final int limit;
  private final MemoryBudget budget;

  BodyReader(int limit, MemoryBudget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /**
   * The body as it was sent; empty if there is none. May wait for the client for long.
   *
   * @throws ApiException 413 if it is over the limit
   * @throws InvalidRequestException if it breaks off
   */
  RequestBody read(HttpExchange exchange) throws IOException {
    long length = length(exchange.getRequestHeaders());
    if (length > limit) {
      throw tooLarge(exchange);
    }
    MemoryBudget.Share share = budget.open();
    try {
      byte[] sent = read(exchange.getRequestBody(), length, share);
      if (sent.length > limit) {
        throw tooLarge(exchange);
      }
      if (sent.length < length) {
        throw new InvalidRequestException("The request body broke off");
      }
      share.shrinkTo(sent.length);
      return new RequestBody(sent, share);
    } catch (IOException | RuntimeException e) {
      share.close();
      throw e;
    }
  }

  /** Makes room as the body arrives, not as it is announced. */
  private byte[] read(InputStream in, long length, MemoryBudget.Share share) throws IOException {
    int end = length == CHUNKED ? limit + 1 : (int) length;
    byte[] body = EMPTY;
    int read = 0;
    for (int room = Math.min(end, FIRST_BYTES); read == body.length && read < end; ) {
      share.growTo(room > FIRST_BYTES ? room : 0);
      body = Arrays.copyOf(body, room);
      read += fill(in, body, read);
      room = (int) Math.min(end, (long) room * GROWTH);
    }
    return read == body.length ? body : Arrays.copyOf(body, read);
  }

  /** The JDK's server fails on chunks whose size it cannot hold. */
  private static int fill(InputStream in, byte[] body, int from) throws IOException {
    try {
      return in.readNBytes(body, from, body.length - from);
    } catch (RuntimeException e) {
      throw new InvalidRequestException("The request body's chunks are damaged", e);
    }
  }

  private static long length(Headers headers) {
    if (headers.containsKey("Transfer-encoding")) {
      return CHUNKED;
    }
    String length = headers.getFirst("Content-length");
    return length == null ? 0 : Long.parseLong(length);
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

  /**
   * A body decoded; it takes the place of {@code sent}, whose share it may go on holding.
   *
   * @throws ApiException 413 if it is over the limit now; 415 if it is encoded in an unknown way
   * @throws InvalidRequestException if it is damaged
   */
  RequestBody decode(@Nullable String encoding, RequestBody sent) {
    if (encoding == null || sent.bytes().length == 0) {
      return sent;
    }
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> sent;
      case "gzip", "x-gzip" -> gunzip(sent.bytes());
      default ->
          throw ApiException.unsupportedMediaType(
              "Content-Encoding must be gzip or identity, not " + encoding);
    };
  }

  private RequestBody gunzip(byte[] sent) {
    long stated = statedSize(sent);
    if (stated > limit) {
      throw tooLarge();
    }
    MemoryBudget.Share share = budget.open();
    share.growTo(stated);
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
