package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.KnownTokens;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenId;
import dev.siltstone.access.TokenSecret;
import dev.siltstone.access.TokenStore;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Space;
import dev.siltstone.contract.HandClock;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.notice.sqlite.SqliteNoticeQueue;
import dev.siltstone.query.CollectionSettings;
import dev.siltstone.query.QueryTexts;
import dev.siltstone.query.RecordDeletion;
import dev.siltstone.query.RecordsApi;
import dev.siltstone.query.SearchEngine;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.TimeOrderedIds;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many round trips, one after the other, a query function makes before it answers: what its
 * user waits for, whatever a round trip takes. Calls that are made side by side are one.
 */
class RoundTripsTest {
  private static final int TAIL = 200;

  /** Long enough for a snapshot that is held by hand to count as slow, never in fact waited for. */
  private static final ReadPatience PATIENCE =
      new ReadPatience(Duration.ofDays(1), Duration.ofDays(1), Duration.ofSeconds(2));

  @TempDir Path folder;

  private final RoundGate gate = new RoundGate();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final HandClock clock = new HandClock();
  private final TokenSecret secret = TokenSecret.fresh(new SecureRandom());
  private Pipeline pipeline;
  private EmbeddedDatabase notices;
  private CollectionViews views;
  private RecordsApi api;
  private AccessGuard guard;

  @BeforeEach
  void publishTwoSegmentsWithDeletedRows() {
    pipeline = Pipeline.embedded(folder, Space.L2, 1);
    pipeline.write(adds("a", 600));
    pipeline.compact();
    List<Operation> some = adds("b", 3);
    some.add(new Operation.Delete(new RecordId("a-7")));
    pipeline.write(some);
    pipeline.compact();
    assertThat(pipeline.published().segments()).hasSize(2);
    startFunction();
  }

  /** As if the function had just been started: nothing is known, the disk is empty. */
  private void startFunction() {
    ObjectStore store = new RemoteObjectStore(gate.before(ObjectStore.class, pipeline.store()));
    DeltaLog log = gate.before(DeltaLog.class, pipeline.log());
    Catalog catalog = gate.before(Catalog.class, pipeline.catalog());
    Random random = new Random(1);
    SegmentCache segments = new SegmentCache(store, folder.resolve("function"), 1L << 30, workers);
    views =
        new CollectionViews(
            log,
            new LogReader(log, clock, random, LogReader.DEFAULT_GRACE),
            new DeltaBatches(store, log, workers),
            new SnapshotCache(store, new SnapshotStore(store, clock), segments),
            workers,
            PATIENCE,
            clock);
    notices = EmbeddedDatabase.open(folder.resolve("notices"));
    Commit commit = new Commit(log, store, new TimeOrderedIds(clock, random), clock, random);
    api =
        new RecordsApi(
            new CollectionSettings(catalog, workers),
            views,
            new RecordDeletion(commit, views, new SqliteNoticeQueue(notices, clock), clock),
            new QueryTexts(EmbeddingFunctions.NONE),
            SearchEngine.alone(KernelChoice.ofThisJvm().kernel()),
            new RecordsJson(Integer.MAX_VALUE));
    guard =
        AccessGuard.requiring(
            new KnownTokens(gate.before(TokenStore.class, new OneToken(secret)), clock));
  }

  @AfterEach
  void close() {
    gate.close();
    views.close();
    workers.close();
    notices.close();
    pipeline.close();
  }

  @Test
  void aColdFunctionAnswersAfterFourRoundTripsWithTwoHundredDeltasBehindTheSnapshot()
      throws Exception {
    writeTail("tail");
    Manifest manifest = pipeline.published();
    int files =
        manifest.segments().stream().mapToInt(entry -> entry.segment().files().size()).sum();
    int deleted =
        (int) manifest.segments().stream().filter(e -> e.deletedRows().isPresent()).count();
    assertThat(deleted).isPositive();

    CompletableFuture<ApiResponse> answer = gate.begin(() -> query(Map.of()));
    assertThat(gate.round(1)).isEqualTo(Map.of("TokenStore.list", 1L));
    assertThat(gate.round(2)).isEqualTo(Map.of("Catalog.collection", 1L, "DeltaLog.read", 1L));
    assertThat(gate.round(2)).isEqualTo(Map.of("DeltaLog.readAfter", 1L, "ObjectStore.get", 1L));
    assertThat(gate.round(files + deleted + TAIL))
        .isEqualTo(
            Map.of("ObjectStore.download", (long) files, "ObjectStore.get", (long) deleted + TAIL));

    assertThat(body(gate.answer(answer, 4, 5 + files + deleted + TAIL))).contains("tail-199");
  }

  @Test
  void aWarmStrongQueryMakesOneCallAndAnEventualOneNone() throws Exception {
    warmUp();

    CompletableFuture<ApiResponse> strong = gate.begin(() -> query(Map.of()));
    assertThat(gate.round(1)).isEqualTo(Map.of("DeltaLog.read", 1L));
    assertThat(gate.answer(strong, 1, 1).status()).isEqualTo(200);

    CompletableFuture<ApiResponse> eventual =
        gate.begin(() -> query(Map.of("x-siltstone-consistency", "eventual")));
    assertThat(gate.answer(eventual, 0, 0).status()).isEqualTo(200);

    CompletableFuture<ApiResponse> atLeast =
        gate.begin(() -> query(Map.of("x-siltstone-at-least", "2")));
    assertThat(gate.answer(atLeast, 0, 0).status()).isEqualTo(200);
  }

  @Test
  void aWarmQueryThatSeesTwoHundredNewDeltasMakesThreeRoundTrips() throws Exception {
    warmUp();
    writeTail("new");

    CompletableFuture<ApiResponse> strong = gate.begin(() -> query(Map.of()));
    gate.round(1);
    assertThat(gate.round(1)).isEqualTo(Map.of("DeltaLog.readAfter", 1L));
    assertThat(gate.round(TAIL)).isEqualTo(Map.of("ObjectStore.get", (long) TAIL));

    assertThat(body(gate.answer(strong, 3, 2 + TAIL))).contains("new-199");
  }

  @Test
  void aColdCollectionThatWasNeverPublishedNeedsNoMoreThanItsLog() throws Exception {
    try (Pipeline fresh = Pipeline.embedded(folder.resolve("fresh"), Space.L2, 2)) {
      Pipeline published = pipeline;
      pipeline = fresh;
      writeTail("tail");
      startFunction();

      CompletableFuture<ApiResponse> answer = gate.begin(() -> query(Map.of()));
      gate.round(1);
      gate.round(2);
      assertThat(gate.round(1)).isEqualTo(Map.of("DeltaLog.readAfter", 1L));
      gate.round(TAIL);

      assertThat(body(gate.answer(answer, 4, 4 + TAIL))).contains("tail-199");
      pipeline = published;
    }
  }

  private void warmUp() throws Exception {
    gate.open();
    assertThat(gate.begin(() -> query(Map.of())).get().status()).isEqualTo(200);
    gate.shut();
  }

  private ApiResponse query(Map<String, String> headers) {
    RouteMatch match =
        new RouteMatch(
            Route.QUERY,
            Map.of(
                "tenant", pipeline.description().tenant().value(),
                "database", pipeline.description().database().value(),
                "collection", pipeline.collection().toString()));
    String body = "{\"query_embeddings\":[[199,0,1000]],\"n_results\":1}";
    Map<String, String> all = new HashMap<>(headers);
    all.put("x-chroma-token", secret.reveal());
    ApiRequest request =
        new ApiRequest("POST", "/", Map.of(), all, body.getBytes(StandardCharsets.UTF_8));
    guard.admit(match, request);
    return api.handle(match, request);
  }

  private void writeTail(String name) {
    for (int i = 0; i < TAIL; i++) {
      pipeline.write(
          List.of(
              new Operation.Add(
                  new RecordId(name + "-" + i),
                  Embedding.of(i, 0, 1000),
                  null,
                  null,
                  MetadataPatch.NONE)));
    }
  }

  private static List<Operation> adds(String name, int count) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      operations.add(
          new Operation.Add(
              new RecordId(name + "-" + i), Embedding.of(i, 1, 0), null, null, MetadataPatch.NONE));
    }
    return operations;
  }

  private static String body(ApiResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private record OneToken(TokenSecret secret) implements TokenStore {
    @Override
    public void add(AccessToken token) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<AccessToken> list() {
      return List.of(
          new AccessToken(secret.id(), "app", Role.READ, Scope.ALL, secret.hash(), Instant.EPOCH));
    }

    @Override
    public boolean revoke(TokenId id) {
      return false;
    }
  }
}
