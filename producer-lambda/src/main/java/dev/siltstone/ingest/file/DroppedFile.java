package dev.siltstone.ingest.file;

import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.OperationId;
import dev.siltstone.ingest.CollectionRef;
import dev.siltstone.storage.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file under {@code import/<tenant>/<database>/<collection>/}: JSON, one payload on each line,
 * gzipped if its name ends so.
 *
 * @param key of the object
 * @param etag of its content
 * @param size in bytes, as stored
 */
public record DroppedFile(String key, String etag, long size) {
  private static final String PREFIX = "import/";
  private static final String REPORT_PREFIX = "import-report/";
  private static final int PARTS_OF_KEY = 5;

  boolean isZipped() {
    return key.endsWith(".jsonl.gz");
  }

  /**
   * The collection that the key names.
   *
   * @throws InvalidRequestException if it names none, or is no file of the kind
   */
  CollectionRef collection() {
    List<String> names = List.of(key.split("/", -1));
    if (names.size() < PARTS_OF_KEY || !(key.endsWith(".jsonl") || isZipped())) {
      throw new InvalidRequestException(
          "A file to import is import/<tenant>/<database>/<collection>/<name>.jsonl, or .jsonl.gz");
    }
    return new CollectionRef.ByName(
        new TenantName(names.get(1)),
        new DatabaseName(names.get(2)),
        new CollectionName(names.get(3)));
  }

  /** By which a part of just this content is known. */
  OperationId part(int number) {
    byte[] name = (key + "\n" + etag).getBytes(StandardCharsets.UTF_8);
    return new OperationId("file:" + Checksum.of(name).hex() + ":" + number);
  }

  /** Where the report about it is. */
  public String reportKey() {
    return REPORT_PREFIX + key.substring(PREFIX.length()) + "." + plainEtag() + ".json";
  }

  private String plainEtag() {
    return etag.replace("\"", "");
  }
}
