package dev.siltstone.aws;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.OperationId;
import dev.siltstone.identity.Sequence;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sole maker of item keys and the sole list of attribute names. The package description has the
 * items one by one, with who may touch what.
 */
public final class TableLayout {
  /** Partition key (S): the kind of item and what it belongs to. */
  public static final String PK = "pk";

  /** Sort key (N): a log place, a listing's ordinal, or 0. */
  public static final String SK = "sk";

  /** Epoch second (N) after which DynamoDB may delete an item; only on items that may vanish. */
  public static final String TTL = "ttl";

  /** The keys-only index on {@link #BACKLOG}, sorted by {@link #PK}. */
  public static final String BACKLOG_INDEX = "backlog";

  // HEAD#
  public static final String NEXT_SEQUENCE = "next_sequence";
  public static final String DIMENSION = "dimension";
  public static final String EMBEDDING_FUNCTION = "embedding_function";
  public static final String ORPHAN_HORIZON = "orphan_horizon";
  public static final String FOLDED_HINT = "folded_hint";
  public static final String SETTINGS_VERSION = "settings_version";
  public static final String BACKLOG = "backlog";

  /** The value of {@link #BACKLOG} on heads that may have unfolded places. */
  public static final String UNFOLDED = "unfolded";

  // LOG#
  public static final String KIND = "kind";
  public static final String DELTA = "delta";
  public static final String OBJECT_KEY = "object_key";
  public static final String COUNT = "count";
  public static final String BYTES = "bytes";
  public static final String CHECKSUM = "checksum";
  public static final String REASON = "reason";
  public static final String TARGET = "target";

  // TIP#
  public static final String GENERATION = "generation";
  public static final String FOLDED = "folded";
  public static final String MANIFEST = "manifest";

  // LOCK#
  public static final String OWNER = "owner";
  public static final String EPOCH = "epoch";
  public static final String EXPIRES_AT = "expires_at";
  public static final String HEARTBEAT_AT = "heartbeat_at";
  public static final String WANTED = "wanted";

  // LOCK# beside the lock: what runs did
  public static final String STARTED_AT = "started_at";
  public static final String TOOK_MILLIS = "took_millis";
  public static final String OUTCOME = "outcome";
  public static final String DELTAS = "deltas";
  public static final String SET_ASIDE = "set_aside";
  public static final String PUBLISHES = "publishes";
  public static final String MERGES = "merges";
  public static final String BYTES_WRITTEN = "bytes_written";
  public static final String FAILURE = "failure";

  // CAT#
  public static final String ID = "id";
  public static final String TENANT = "tenant";
  public static final String DATABASE = "database";
  public static final String NAME = "name";
  public static final String ORDINAL = "ordinal";
  public static final String LAST_ORDINAL = "last_ordinal";
  public static final String DROPPING = "dropping";
  public static final String SPACE = "space";
  public static final String HNSW = "hnsw";
  public static final String CLIENT_FUNCTION = "client_function";
  public static final String SCHEMA = "schema";
  public static final String METADATA = "metadata";

  // CAT#TOKENS
  public static final String ROLE = "role";
  public static final String TENANTS = "tenants";
  public static final String DATABASES = "databases";
  public static final String TOKEN_HASH = "hash";
  public static final String CREATED_AT = "created_at";

  // in the map "hnsw"
  public static final String MAX_NEIGHBORS = "max_neighbors";
  public static final String EF_CONSTRUCTION = "ef_construction";
  public static final String EF_SEARCH = "ef_search";
  public static final String THREADS = "threads";
  public static final String RESIZE_FACTOR = "resize_factor";
  public static final String BATCH_SIZE = "batch_size";
  public static final String SYNC_THRESHOLD = "sync_threshold";

  /** What partition keys of the catalog start with. */
  public static final String CATALOG_PREFIX = "CAT#";

  private static final String HEAD_PREFIX = "HEAD#";
  private static final int MAX_TENANT_BYTES = 256;

  private TableLayout() {}

  public static Item head(CollectionId collection) {
    return single(HEAD_PREFIX + collection);
  }

  /** The collection whose head has this partition key. */
  public static CollectionId collectionOfHead(String pk) {
    return CollectionId.parse(pk.substring(HEAD_PREFIX.length()));
  }

  /** The partition key above which heads after this collection's are, or all for null. */
  public static String headAfter(@Nullable CollectionId collection) {
    return collection == null ? HEAD_PREFIX : HEAD_PREFIX + collection;
  }

  public static Item tip(CollectionId collection) {
    return single("TIP#" + collection);
  }

  public static Item lock(CollectionId collection) {
    return single(locks(collection));
  }

  /** The partition of a collection's lock, which stands at 0, and of what its last runs did. */
  public static String locks(CollectionId collection) {
    return "LOCK#" + collection;
  }

  /** What a run did, in one of the places from 1 up. */
  public static Item run(CollectionId collection, long slot) {
    return Item.of(PK, locks(collection)).with(SK, slot);
  }

  /** That a write which may arrive again stands. */
  public static Item operation(CollectionId collection, OperationId operation) {
    return single("OP#" + collection + "#" + operation);
  }

  public static Item place(CollectionId collection, Sequence sequence) {
    return Item.of(PK, log(collection)).with(SK, sequence.value());
  }

  /** The partition of a collection's log; its sort key is the sequence. */
  public static String log(CollectionId collection) {
    return "LOG#" + collection;
  }

  public static Item tenant(String name) {
    return single("CAT#TENANT#" + bounded(name));
  }

  public static Item database(String tenant, String name) {
    return single("CAT#DATABASE#" + name + "#" + bounded(tenant));
  }

  /**
   * The partition that lists a tenant's databases by ordinal; at 0 stands the last ordinal given.
   */
  public static String databases(String tenant) {
    return "CAT#DATABASES#" + bounded(tenant);
  }

  /** The entry by which a collection is found by name. */
  public static Item collectionName(String tenant, String database, String name) {
    return single("CAT#NAME#" + database + "#" + name + "#" + bounded(tenant));
  }

  /** The partition that lists a database's collections by ordinal. */
  public static String collections(String tenant, String database) {
    return "CAT#COLLECTIONS#" + database + "#" + bounded(tenant);
  }

  public static Item collection(CollectionId id) {
    return single("CAT#COLLECTION#" + id);
  }

  /** The partition that lists all collections in order of id. */
  public static String allCollections() {
    return "CAT#ALL";
  }

  /** The partition that lists all dropped collections in order of id. */
  public static String tombstones() {
    return "CAT#DROPPED";
  }

  /** The partition of all access tokens, sorted by id. */
  public static String tokens() {
    return "CAT#TOKENS";
  }

  /** An item of a listing. */
  public static Item listed(String partition, long ordinal) {
    return Item.of(PK, partition).with(SK, ordinal);
  }

  /** An item of a listing that is sorted by id. */
  public static Item listed(String partition, CollectionId id) {
    return Item.of(PK, partition).with(SK, order(id));
  }

  /**
   * An id as a sort key: its 126 bits without the two that say "RFC 9562", which all ids share.
   * That is at most 38 decimal digits, all that DynamoDB's numbers hold.
   */
  public static BigInteger order(CollectionId id) {
    UUID uuid = id.value();
    if (uuid.variant() != 2) {
      throw new IllegalArgumentException("not an id of RFC 9562: " + id);
    }
    BigInteger high = new BigInteger(Long.toUnsignedString(uuid.getMostSignificantBits()));
    long low = uuid.getLeastSignificantBits() & -1L >>> 2;
    return high.shiftLeft(62).or(BigInteger.valueOf(low));
  }

  private static Item single(String pk) {
    return Item.of(PK, pk).with(SK, 0);
  }

  /**
   * A tenant's name as part of a key, which has at most 2,048 bytes: long names by their SHA-256
   * after a {@code ~}, and names that start with one too, so that no two names share a key.
   */
  private static String bounded(String tenant) {
    byte[] utf8 = tenant.getBytes(StandardCharsets.UTF_8);
    boolean plain = utf8.length <= MAX_TENANT_BYTES && !tenant.startsWith("~");
    return plain ? tenant : "~" + HexFormat.of().formatHex(sha256(utf8));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
