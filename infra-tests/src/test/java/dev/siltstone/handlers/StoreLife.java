package dev.siltstone.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.access.Role;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.log.Commit;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.storage.Checksum;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What happens to a store, in order: all that the functions of a default stack can be asked. */
record StoreLife(
    AwsFamily family, HandlerProcess producer, HandlerProcess query, HandlerProcess compactor) {
  private static final String DATABASES = "/api/v2/tenants/default_tenant/databases";
  private static final String COLLECTIONS = DATABASES + "/default_database/collections";

  void live() throws Exception {
    String token = HandlersTest.token(family, Role.ADMIN);
    writeWhereNothingIs();
    administer(token);
    CollectionId rivers = create(token, "rivers");
    write(rivers, token);
    compactor.invoke(HandlersTest.sqsEvent(family));
    readAndDelete(rivers, token);
    leaveHoles(rivers);
    setAside(rivers);
    operate(rivers);
    loseAnObject(create(token, "lost"), token);
    drop(rivers, token);
  }

  /** The very first event of a new stack finds no default database, and may make none. */
  private void writeWhereNothingIs() throws Exception {
    assertThat(
            producer.invokeFailing(
                Map.of("collection", "nowhere", "operation", "delete", "ids", List.of("a"))))
        .contains("NotFoundError");
  }

  private void administer(String token) throws Exception {
    ask(token, "POST", "/api/v2/tenants", "{\"name\":\"other\"}");
    ask(token, "GET", "/api/v2/tenants/other", "");
    ask(token, "POST", DATABASES, "{\"name\":\"second\"}");
    ask(token, "GET", DATABASES, "");
    ask(token, "GET", DATABASES + "/second", "");
    ask(token, "POST", DATABASES + "/second/collections", "{\"name\":\"short\"}");
    ask(token, "GET", DATABASES + "/second/collections_count", "");
    ask(token, "DELETE", DATABASES + "/second", "");
  }

  private CollectionId create(String token, String name) throws Exception {
    JsonNode made = ask(token, "POST", COLLECTIONS, "{\"name\":\"%s\"}".formatted(name));
    CollectionId id = CollectionId.parse(made.get("id").asText());
    ask(token, "GET", COLLECTIONS, "");
    ask(token, "PUT", COLLECTIONS + "/" + id, "{\"new_name\":\"streams\"}");
    ask(token, "PUT", COLLECTIONS + "/" + id, "{\"new_name\":\"%s\"}".formatted(name));
    return id;
  }

  private void write(CollectionId id, String token) throws Exception {
    producer.invoke(
        Map.of(
            "collection", "rivers",
            "operation", "add",
            "ids", List.of("a", "b"),
            "embeddings", List.of(List.of(1, 0), List.of(0, 1)),
            "documents", List.of("silt", "water")));
    HandlersTest.body(
        producer.invoke(
            HandlersTest.http(
                "POST",
                COLLECTIONS + "/" + id + "/upsert",
                "{\"ids\":[\"c\"],\"embeddings\":[[0,2]],\"documents\":[\"mud\"]}",
                token)),
        200);
  }

  private void readAndDelete(CollectionId id, String token) throws Exception {
    ask(token, "POST", COLLECTIONS + "/" + id + "/query", "{\"query_embeddings\":[[0,2]]}");
    ask(
        token,
        "POST",
        COLLECTIONS + "/" + id + "/delete",
        "{\"where_document\":{\"$contains\":\"mud\"}}");
  }

  /** Places that somebody reserved and never filled. */
  private void leaveHoles(CollectionId id) throws Exception {
    reserve(id);
    assertThat(count()).isEqualTo(2);
    reserve(id);
    compactor.invoke(Map.of("command", "sweep"));
  }

  private void reserve(CollectionId id) {
    family.log().reserve(id, new DeltaId(ids().next()), null);
  }

  private void setAside(CollectionId id) throws Exception {
    writePoison(id, "p");
    assertThat(count()).isEqualTo(2);
    byte[] mended = writePoison(id, "q");
    compactor.invoke(Map.of("command", "compact", "collection", "rivers"));
    JsonNode listed =
        compactor.invoke(Map.of("command", "quarantine list", "collection", "rivers"));
    JsonNode last = listed.findValues("sequence").getLast();
    compactor.invoke(
        Map.of(
            "command",
            "quarantine retry",
            "collection",
            "rivers",
            "sequence",
            last.asLong(),
            "repaired",
            Base64.getEncoder().encodeToString(mended)));
    compactor.invoke(Map.of("command", "compact", "collection", "rivers"));
    assertThat(count()).isEqualTo(3);
  }

  /** Only who may list the bucket is told that an object is missing. */
  private void loseAnObject(CollectionId id, String token) throws Exception {
    String key =
        producer
            .invoke(
                Map.of(
                    "collection",
                    "lost",
                    "operation",
                    "add",
                    "ids",
                    List.of("a"),
                    "embeddings",
                    List.of(List.of(1, 0))))
            .get("delta_key")
            .asText();
    family.s3().deleteObject(b -> b.bucket(family.bucket()).key(key));
    HandlersTest.body(
        query.invoke(HandlersTest.http("POST", COLLECTIONS + "/" + id + "/get", "{}", token)), 500);
    ask(token, "DELETE", COLLECTIONS + "/lost", "");
  }

  private void operate(CollectionId id) throws Exception {
    compactor.invoke(Map.of("command", "stats", "collection", "rivers"));
    assertThat(compactor.invokeFailing(Map.of("command", "stats", "collection", "river")))
        .contains("rivers");
    compactor.invoke(Map.of("command", "receipt", "collection", "rivers", "write", "1"));
    compactor.invoke(Map.of("command", "rollback", "collection", "rivers", "to", "1"));
    compactor.invoke(Map.of("command", "compact", "collection", "rivers"));
    compactor.invoke(Map.of("command", "verify", "collection", id.toString(), "all", true));
    compactor.invoke(Map.of("command", "gc", "collection", "rivers", "any_share", true));
  }

  private void drop(CollectionId id, String token) throws Exception {
    ask(token, "DELETE", COLLECTIONS + "/rivers", "");
    compactor.invoke(Map.of("command", "gc", "any_share", true));
    compactor.invoke(Map.of("command", "gc", "any_share", true));
    assertThat(family.store().listAfter("snapshot/" + id, null, 1)).isEmpty();
  }

  private JsonNode ask(String token, String method, String path, String body) throws Exception {
    return HandlersTest.body(query.invoke(HandlersTest.http(method, path, body, token)), 200);
  }

  private int count() throws Exception {
    return query.invoke(Map.of("operation", "count", "collection", "rivers")).asInt();
  }

  /** A write whose bytes nobody can decode; returns those that it should have had. */
  private byte[] writePoison(CollectionId collection, String id) {
    byte[][] good = new byte[1][];
    new Commit(family.log(), family.store(), ids(), Clock.system(), new Random())
        .commit(
            collection,
            new VectorShape(2, null),
            delta -> {
              good[0] = encoded(collection, delta, id).bytes();
              byte[] bad = {1, 2, 3};
              return new EncodedDelta(delta, bad, Checksum.of(bad), 1);
            });
    return good[0];
  }

  private static EncodedDelta encoded(CollectionId collection, DeltaId delta, String id) {
    return DeltaWriter.encode(
        new Delta(
            collection,
            delta,
            2,
            null,
            Clock.system().now(),
            List.of(
                new Operation.Add(
                    new RecordId(id), Embedding.of(1, 3), null, null, MetadataPatch.NONE))));
  }

  private static TimeOrderedIds ids() {
    return new TimeOrderedIds(Clock.system(), new Random());
  }
}
