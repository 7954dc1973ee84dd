package dev.siltstone.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdDecompressCtx;
import dev.siltstone.api.json.QueryRequest;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Generation;
import dev.siltstone.storage.ObjectKey;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Uses for the first time what a start and the first request would otherwise set up one after the
 * other while somebody waits: calendars and the names of days (for SQLite and for the date of a
 * response), the JSON parser and its tables of numbers, comparisons of records, the library that
 * unpacks rows. On a thread of its own, beside the reading of options and the opening of the store.
 */
final class FirstUse implements Runnable {
  private static final byte[] QUERY =
      "{\"query_embeddings\":[[0.5,1]],\"n_results\":1}".getBytes(US_ASCII);

  /** As the JDK's HTTP server writes it. */
  private static final String HTTP_DATE = "EEE, dd MMM yyyy HH:mm:ss zzz";

  private FirstUse() {}

  static void inBackground() {
    Thread.ofPlatform().name("first-use").daemon(true).start(new FirstUse());
  }

  @Override
  public void run() {
    var _ = new GregorianCalendar();
    var _ = QueryRequest.parse(QUERY);
    var _ = new ObjectMapper();
    var _ =
        DateTimeFormatter.ofPattern(HTTP_DATE, Locale.US)
            .withZone(ZoneId.of("GMT"))
            .format(Instant.EPOCH);
    compareRecords();
    new ZstdDecompressCtx().close();
  }

  /** The JDK makes a record's code for this when it first runs. */
  private static void compareRecords() {
    CollectionId collection = new CollectionId(new UUID(0, 0));
    ObjectKey key = new ObjectKey("first/use");
    var _ = Map.of(collection, key, new CollectionId(new UUID(0, 1)), key).get(collection);
    var _ = Generation.ZERO.equals(Generation.ZERO.next());
    var _ = key.equals(new ObjectKey("first/second"));
  }
}
