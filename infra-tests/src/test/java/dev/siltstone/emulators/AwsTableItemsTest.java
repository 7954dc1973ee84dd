package dev.siltstone.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.contract.Fresh;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Tip;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/**
 * The items as they stand in DynamoDB, attribute by attribute. They are a format: old and new
 * versions of the functions read each other's, and permissions name them.
 */
final class AwsTableItemsTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final Checksum CHECKSUM = Checksum.of(new byte[3]);

  private static final AwsFamily FAMILY = AwsFamily.create(AwsServices.emulated());

  private final DeltaLog log = FAMILY.log();
  private final TenantName tenant = Fresh.tenant();
  private final Database database = new Database(Fresh.uuid(), tenant, Fresh.databaseName());
  private final CollectionId c = Fresh.collectionId();

  @Test
  void writesTheHead() {
    create(settings(new CollectionName("papers")));
    assertThat(item("HEAD#" + c, 0))
        .isEqualTo(
            attributes("HEAD#" + c, 0)
                .number("next_sequence", 1)
                .number("folded_hint", 0)
                .number("settings_version", 0));

    log.reserve(c, Fresh.deltaId(), new VectorShape(384, "all-minilm-l6-v2"));
    DeltaId horizon = Fresh.deltaId();
    log.raiseOrphanHorizon(c, horizon);
    assertThat(item("HEAD#" + c, 0))
        .isEqualTo(
            attributes("HEAD#" + c, 0)
                .number("next_sequence", 2)
                .number("folded_hint", 0)
                .number("settings_version", 0)
                .number("dimension", 384)
                .text("embedding_function", "all-minilm-l6-v2")
                .text("orphan_horizon", horizon.toString())
                .text("backlog", "unfolded"));

    log.hintFolded(c, new Sequence(1));
    assertThat(item("HEAD#" + c, 0)).doesNotContainKey("backlog").containsKey("folded_hint");
  }

  @Test
  void keepsTheHeadUnder400Bytes() {
    create(settings(new CollectionName("papers")));
    log.reserve(c, Fresh.deltaId(), new VectorShape(16_384, "f".repeat(64)));
    log.raiseOrphanHorizon(c, Fresh.deltaId());

    int bytes = 0;
    for (var attribute : item("HEAD#" + c, 0).entrySet()) {
      boolean number = attribute.getValue().n() != null;
      // A number takes at most one byte for two digits and one more; a counter has 19 at the most.
      int value = number ? 11 : attribute.getValue().s().getBytes(StandardCharsets.UTF_8).length;
      bytes += attribute.getKey().length() + value;
    }

    assertThat(bytes).isLessThan(400);
  }

  @Test
  void writesEachKindOfLogEntry() {
    create(settings(new CollectionName("papers")));
    LogEntry.Committed committed = committed(1);
    LogEntry.Committed poison = committed(2);
    DeltaId operation = Fresh.deltaId();
    ObjectKey manifest = manifest(7);
    log.place(c, committed);
    log.place(c, poison);
    log.quarantine(c, poison, "not SQLite");
    log.voidPlace(c, new Sequence(3));
    log.place(c, new LogEntry.Rollback(new Sequence(4), operation, new Generation(7), manifest));

    assertThat(item("LOG#" + c, 1)).isEqualTo(delta(committed).text("kind", "committed"));
    assertThat(item("LOG#" + c, 2))
        .isEqualTo(delta(poison).text("kind", "quarantined").text("reason", "not SQLite"));
    assertThat(item("LOG#" + c, 3)).isEqualTo(attributes("LOG#" + c, 3).text("kind", "void"));
    assertThat(item("LOG#" + c, 4))
        .isEqualTo(
            attributes("LOG#" + c, 4)
                .text("kind", "rollback")
                .text("delta", operation.toString())
                .number("target", 7)
                .text("manifest", manifest.value()));
  }

  private Attributes delta(LogEntry.Committed entry) {
    return attributes("LOG#" + c, entry.sequence().value())
        .text("delta", entry.delta().toString())
        .text("object_key", "delta/" + c + "/" + entry.delta() + ".delta")
        .number("count", 3)
        .number("bytes", 12_345)
        .text("checksum", CHECKSUM.hex());
  }

  @Test
  void writesTheTip() {
    create(settings(new CollectionName("papers")));
    assertThat(item("TIP#" + c, 0)).isEmpty();

    ObjectKey fourth = manifest(4);
    log.moveTip(c, new Tip(new Generation(1), new Sequence(5), manifest(1)));
    log.moveTip(c, new Tip(new Generation(4), new Sequence(9), fourth));

    assertThat(item("TIP#" + c, 0))
        .isEqualTo(
            attributes("TIP#" + c, 0)
                .number("generation", 4)
                .number("folded", 9)
                .text("manifest", fourth.value()));
  }

  @Test
  void writesTheLock() {
    var leases = FAMILY.leases();
    leases.acquire(c, "run 1", AT, Duration.ofSeconds(60));
    leases.acquire(c, "run 2", AT.plusSeconds(1), Duration.ofSeconds(60));
    assertThat(item("LOCK#" + c, 0))
        .isEqualTo(
            attributes("LOCK#" + c, 0)
                .number("epoch", 1)
                .text("owner", "run 1")
                .number("expires_at", AT.plusSeconds(60).toEpochMilli())
                .number("heartbeat_at", AT.toEpochMilli())
                .number("wanted", 1));

    leases.release(c, new Epoch(1));
    assertThat(item("LOCK#" + c, 0)).isEqualTo(attributes("LOCK#" + c, 0).number("epoch", 1));
  }

  @Test
  void writesTheCatalog() {
    FAMILY.catalog().createTenant(tenant);
    create(settings(new CollectionName("papers")));
    String d = database.name() + "#" + tenant;

    assertThat(item("CAT#TENANT#" + tenant, 0))
        .isEqualTo(attributes("CAT#TENANT#" + tenant, 0).text("name", tenant.value()));
    assertThat(item("CAT#DATABASE#" + d, 0))
        .isEqualTo(database("CAT#DATABASE#" + d, 0).number("ordinal", 1).number("last_ordinal", 1));
    assertThat(item("CAT#DATABASES#" + tenant, 1))
        .isEqualTo(database("CAT#DATABASES#" + tenant, 1));
    assertThat(item("CAT#DATABASES#" + tenant, 0))
        .isEqualTo(attributes("CAT#DATABASES#" + tenant, 0).number("last_ordinal", 1));
    assertThat(item("CAT#NAME#" + database.name() + "#papers#" + tenant, 0))
        .isEqualTo(named("CAT#NAME#" + database.name() + "#papers#" + tenant, 0));
    assertThat(item("CAT#COLLECTIONS#" + d, 1)).isEqualTo(named("CAT#COLLECTIONS#" + d, 1));
    assertThat(listed("CAT#ALL")).containsEntry("id", AttributeValue.fromS(c.toString()));
  }

  @Test
  void writesACollectionsSettings() {
    create(settings(new CollectionName("papers")));

    assertThat(item("CAT#COLLECTION#" + c, 0))
        .isEqualTo(
            named("CAT#COLLECTION#" + c, 0)
                .text("tenant", tenant.value())
                .text("database", database.name().value())
                .text("name", "papers")
                .number("ordinal", 1)
                .text("space", "cosine")
                .value("hnsw", AttributeValue.fromM(hnsw()))
                .text("client_function", "{\"name\":\"default\"}")
                .text("metadata", "{\"pi\":3.0,\"three\":3}")
                .number("settings_version", 0));
  }

  private static Attributes hnsw() {
    return new Attributes()
        .number("max_neighbors", 16)
        .number("ef_construction", 100)
        .number("ef_search", 100)
        .number("threads", 2)
        .text("resize_factor", "1.2")
        .number("batch_size", 100)
        .number("sync_threshold", 1000);
  }

  @Test
  void leavesATombstoneOfAboutAHundredBytes() {
    create(settings(new CollectionName("papers")));
    FAMILY.catalog().dropCollection(c);

    assertThat(item("CAT#COLLECTION#" + c, 0)).isEmpty();
    assertThat(item("HEAD#" + c, 0)).isEmpty();
    assertThat(listed("CAT#ALL")).isEmpty();
    assertThat(listed("CAT#DROPPED"))
        .containsOnlyKeys("pk", "sk", "id")
        .containsEntry("id", AttributeValue.fromS(c.toString()));
  }

  @Test
  void hasTheIndexAndTheTimeToLiveThatAreDocumented() {
    DescribeTableResponse table =
        FAMILY.dynamoDb().describeTable(b -> b.tableName(FAMILY.tableName()));
    var index = table.table().globalSecondaryIndexes().getFirst();
    var ttl = FAMILY.dynamoDb().describeTimeToLive(b -> b.tableName(FAMILY.tableName()));

    assertThat(table.table().globalSecondaryIndexes()).hasSize(1);
    assertThat(index.indexName()).isEqualTo("backlog");
    assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.KEYS_ONLY);
    assertThat(index.keySchema())
        .extracting(it -> it.attributeName())
        .containsExactly("backlog", "pk");
    assertThat(ttl.timeToLiveDescription().attributeName()).isEqualTo("ttl");
  }

  private void create(Collection collection) {
    FAMILY.catalog().createDatabase(database);
    FAMILY.catalog().createCollection(collection);
  }

  private Collection settings(CollectionName name) {
    return new Collection(
        c,
        tenant,
        database.name(),
        name,
        Space.COSINE,
        HnswParameters.DEFAULT,
        "{\"name\":\"default\"}",
        null,
        Metadata.of(
            Map.of(
                "three", new MetadataValue.IntValue(3), "pi", new MetadataValue.FloatValue(3.0))),
        0);
  }

  private LogEntry.Committed committed(long place) {
    DeltaId delta = Fresh.deltaId();
    return new LogEntry.Committed(
        new Sequence(place), delta, ObjectLayout.delta(c, delta), 3, 12_345, CHECKSUM);
  }

  private ObjectKey manifest(long generation) {
    return ObjectLayout.manifest(c, new Generation(generation), AT, new Epoch(1), Fresh.commitId());
  }

  private Attributes named(String pk, long sk) {
    return attributes(pk, sk).text("id", c.toString());
  }

  private Attributes database(String pk, long sk) {
    return attributes(pk, sk)
        .text("id", database.id().toString())
        .text("tenant", tenant.value())
        .text("name", database.name().value());
  }

  private static Attributes attributes(String pk, long sk) {
    return new Attributes().text("pk", pk).number("sk", sk);
  }

  private Map<String, AttributeValue> listed(String partition) {
    return read(TableLayout.listed(partition, c));
  }

  private static Map<String, AttributeValue> item(String pk, long sk) {
    return read(new Item(attributes(pk, sk)));
  }

  private static Map<String, AttributeValue> read(Item key) {
    return FAMILY
        .dynamoDb()
        .getItem(b -> b.tableName(FAMILY.tableName()).key(key.attributes()).consistentRead(true))
        .item();
  }

  /** An item, written down attribute by attribute. */
  private static final class Attributes extends LinkedHashMap<String, AttributeValue> {
    private static final long serialVersionUID = 1;

    Attributes text(String name, String value) {
      return value(name, AttributeValue.fromS(value));
    }

    Attributes number(String name, long value) {
      return value(name, AttributeValue.fromN(Long.toString(value)));
    }

    Attributes value(String name, AttributeValue value) {
      put(name, value);
      return this;
    }
  }
}
