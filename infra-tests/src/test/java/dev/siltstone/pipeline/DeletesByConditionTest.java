package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.Database;
import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.contract.Fresh;
import dev.siltstone.contract.Race;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.fault.StoreDecorator;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.VectorShape;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.query.CollectionSettings;
import dev.siltstone.query.QueryTexts;
import dev.siltstone.query.RecordDeletion;
import dev.siltstone.query.RecordsApi;
import dev.siltstone.query.SearchEngine;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes delete by condition at once, each with views of its own, on a store that takes
 * its time: together they hold places for longer than readers wait for one.
 */
class DeletesByConditionTest {
  private static final int PROCESSES = 12;
  private static final int RECORDS_EACH = 3;
  private static final Duration PUT_TAKES = Duration.ofMillis(60);

  @TempDir private Path folder;

  @Test
  void allSucceedOnTheEmbeddedFamily() {
    List<EmbeddedFamily> families = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        families.add(new EmbeddedFamily(folder.resolve("store")));
      }
      allSucceed(
          families.stream()
              .map(each -> new Services(each.store(), each.catalog(), each.log(), each.queue()))
              .toList());
    } finally {
      families.forEach(EmbeddedFamily::close);
    }
  }

  @Test
  void allSucceedOnTheAwsFamily() {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated())) {
      Services services =
          new Services(family.store(), family.catalog(), family.log(), family.queue());
      allSucceed(Collections.nCopies(PROCESSES, services));
    }
  }

  private void allSucceed(List<Services> services) {
    Catalog catalog = services.getFirst().catalog();
    Database database = Fresh.database();
    catalog.createDatabase(database);
    Collection collection =
        catalog.createCollection(Fresh.collection(database, Fresh.collectionName()));
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<OneProcess> processes = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(
            new OneProcess(services.get(i), collection, folder.resolve("p" + i), workers, i));
      }
      processes.getFirst().addRecords();
      Race.of(
          PROCESSES,
          number -> {
            OneProcess process = processes.get(number);
            assertThat(process.delete("{\"where\":{\"owner\":%d}}".formatted(number)))
                .isEqualTo("{\"deleted\":%d}".formatted(RECORDS_EACH));
            return process.count();
          });
      assertThat(processes.getLast().count()).isEqualTo("0");
      processes.forEach(OneProcess::close);
    }
  }

  private record Services(ObjectStore store, Catalog catalog, DeltaLog log, NoticeQueue notices) {}

  /** What one process has. */
  private static final class OneProcess implements AutoCloseable {
    private final Collection collection;
    private final Clock clock = Clock.system();
    private final Commit commit;
    private final SnapshotCache snapshots;
    private final CollectionViews views;
    private final RecordsApi records;

    OneProcess(
        Services services, Collection collection, Path cache, ExecutorService workers, int seed) {
      this.collection = collection;
      Random random = new Random(seed);
      ObjectStore store = new SlowStore(services.store());
      commit = new Commit(services.log(), store, new TimeOrderedIds(clock, random), clock, random);
      snapshots =
          new SnapshotCache(
              store,
              new SnapshotStore(store, clock),
              new SegmentCache(store, cache, 1L << 30, workers));
      views =
          new CollectionViews(
              services.log(),
              new LogReader(services.log(), clock, random, LogReader.DEFAULT_GRACE),
              new DeltaBatches(store, services.log(), workers),
              snapshots,
              workers,
              ReadPatience.STANDARD,
              clock);
      records =
          new RecordsApi(
              new CollectionSettings(services.catalog(), workers),
              views,
              new RecordDeletion(commit, views, services.notices(), clock),
              new QueryTexts(EmbeddingFunctions.NONE),
              SearchEngine.alone(KernelChoice.ofThisJvm().kernel()),
              new RecordsJson(1 << 20));
    }

    void addRecords() {
      List<Operation> operations = new ArrayList<>();
      for (int i = 0; i < PROCESSES * RECORDS_EACH; i++) {
        MetadataPatch owner =
            MetadataPatch.of(Map.of("owner", new IntValue(i % PROCESSES)), Set.of());
        operations.add(
            new Operation.Add(new RecordId("r" + i), Embedding.of(i, 1), null, null, owner));
      }
      commit.commit(
          collection.id(),
          new VectorShape(2, null),
          id ->
              DeltaWriter.encode(new Delta(collection.id(), id, 2, null, clock.now(), operations)));
    }

    String delete(String body) {
      return call(Route.DELETE_RECORDS, body);
    }

    String count() {
      return call(Route.COUNT, "");
    }

    private String call(Route route, String body) {
      RouteMatch match =
          new RouteMatch(
              route,
              Map.of(
                  "tenant", collection.tenant().value(),
                  "database", collection.database().value(),
                  "collection", collection.id().toString()));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      byte[] answer =
          records.handle(match, new ApiRequest("POST", "/", Map.of(), Map.of(), bytes)).body();
      return new String(answer, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      views.close();
      snapshots.close();
    }
  }

  private static final class SlowStore extends StoreDecorator {
    SlowStore(ObjectStore store) {
      super(store);
    }

    @Override
    public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
      Clock.system().sleep(PUT_TAKES);
      return super.putIfAbsent(key, body);
    }
  }
}
