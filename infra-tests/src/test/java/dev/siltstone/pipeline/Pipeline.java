package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.collection.sqlite.SqliteCatalog;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.CompactionSettings;
import dev.siltstone.compaction.CompactionSteps;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.compaction.MergeCosts;
import dev.siltstone.compaction.MergePlanner;
import dev.siltstone.compaction.MergeWorkers;
import dev.siltstone.compaction.PinnedTarget;
import dev.siltstone.compaction.RunObserver;
import dev.siltstone.compaction.SegmentUpload;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.sqlite.SqliteLeaseStore;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.Receipt;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.log.VectorShape;
import dev.siltstone.log.VoidResult;
import dev.siltstone.log.sqlite.SqliteDeltaLog;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.sqlite.SqliteNoticeQueue;
import dev.siltstone.operations.CollectionStats;
import dev.siltstone.operations.Quarantine;
import dev.siltstone.operations.Receipts;
import dev.siltstone.operations.Rollback;
import dev.siltstone.operations.RollbackReport;
import dev.siltstone.operations.Verification;
import dev.siltstone.operations.Verifier;
import dev.siltstone.query.CollectionSettings;
import dev.siltstone.query.QueryTexts;
import dev.siltstone.query.RecordDeletion;
import dev.siltstone.query.RecordsApi;
import dev.siltstone.query.SearchEngine;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.Operation;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Pin;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.directory.DirectoryObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import dev.siltstone.time.TimeOrderedIds;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Everything between a delta and an answer, over one family of services. */
final class Pipeline implements AutoCloseable {
  /** The services it runs on, and how to let go of them. */
  record Services(
      ObjectStore store,
      Catalog catalog,
      DeltaLog log,
      NoticeQueue notices,
      LeaseStore leases,
      Runnable close) {}

  private final Services services;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Clock clock = Clock.system();
  private final Path folder;
  private final MergeWorkers merges;
  private final TimeOrderedIds ids;
  private final Random random;
  private final DeltaLog log;
  private final Commit commit;
  private final Compactor compactor;
  private final CollectionViews views;
  private final SnapshotStore snapshotStore;
  private final SnapshotCache snapshots;
  private final RecordsApi records;
  private final Collection collection;

  private Pipeline(Services services, Path folder, Space space, MergeWorkers merges, long seed) {
    this.services = services;
    ObjectStore store = services.store();
    Catalog catalog = services.catalog();
    NoticeQueue notices = services.notices();
    log = services.log();
    this.folder = folder;
    this.merges = merges;
    random = new Random(seed);
    ids = new TimeOrderedIds(clock, random);
    snapshotStore = new SnapshotStore(store, clock);
    SegmentCache segments = new SegmentCache(store, folder.resolve("cache"), 1 << 30, workers);
    LogReader reader = new LogReader(log, clock, random, LogReader.DEFAULT_GRACE);
    DeltaBatches batches = new DeltaBatches(store, log, workers);
    snapshots = new SnapshotCache(store, snapshotStore, segments);
    commit = new Commit(log, store, ids, clock, random);
    views =
        new CollectionViews(log, reader, batches, snapshots, workers, ReadPatience.STANDARD, clock);
    compactor = compactor(store, segments);
    records =
        new RecordsApi(
            new CollectionSettings(catalog, workers),
            views,
            new RecordDeletion(commit, views, notices, clock),
            new QueryTexts(EmbeddingFunctions.NONE),
            SearchEngine.helped(KernelChoice.ofThisJvm().kernel(), workers, 1),
            new RecordsJson(Integer.MAX_VALUE));
    collection = create(catalog, ids, space);
  }

  /** Over the embedded family in one folder. */
  static Pipeline embedded(Path folder, Space space, long seed) {
    return embedded(folder, space, MergeWorkers.inline(), seed);
  }

  static Pipeline embedded(Path folder, Space space, MergeWorkers merges, long seed) {
    return over(folder, space, merges, seed, store -> store);
  }

  /** Over the embedded family as if its objects were far away: segments are cached. */
  static Pipeline cached(Path folder, Space space, long seed) {
    return over(folder, space, MergeWorkers.inline(), seed, RemoteObjectStore::new);
  }

  private static Pipeline over(
      Path folder,
      Space space,
      MergeWorkers merges,
      long seed,
      Function<DirectoryObjectStore, ObjectStore> seen) {
    EmbeddedDatabase database = EmbeddedDatabase.open(folder);
    DirectoryObjectStore store = new DirectoryObjectStore(folder);
    return new Pipeline(
        new Services(
            seen.apply(store),
            new SqliteCatalog(database),
            new SqliteDeltaLog(database),
            new SqliteNoticeQueue(database, Clock.system()),
            new SqliteLeaseStore(database),
            () -> {
              store.close();
              database.close();
            }),
        folder,
        space,
        merges,
        seed);
  }

  /** Over the AWS family, with segments cached in a folder. */
  static Pipeline aws(AwsFamily family, Path folder, Space space, long seed) {
    return new Pipeline(
        new Services(
            family.store(),
            family.catalog(),
            family.log(),
            family.queue(),
            family.leases(),
            () -> {}),
        folder,
        space,
        MergeWorkers.inline(),
        seed);
  }

  CollectionId collection() {
    return collection.id();
  }

  Collection description() {
    return collection;
  }

  ObjectStore store() {
    return services.store();
  }

  DeltaLog log() {
    return log;
  }

  Catalog catalog() {
    return services.catalog();
  }

  /** Drops what the tip has folded from the log, as the compactor may at any time. */
  void trim(Sequence upTo) {
    log.trim(collection.id(), upTo, 1_000);
  }

  Receipt write(List<Operation> operations) {
    int dimension =
        operations.stream()
            .map(Operation::embedding)
            .filter(embedding -> embedding != null)
            .mapToInt(embedding -> embedding.dimension())
            .findFirst()
            .orElse(0);
    return commit.commit(
        collection.id(),
        dimension == 0 ? null : new VectorShape(dimension, null),
        id ->
            DeltaWriter.encode(
                new Delta(collection.id(), id, dimension, null, clock.now(), operations)));
  }

  /** Commits a delta whose stored bytes are made by {@code forge} from the right ones. */
  Receipt writeForged(List<Operation> operations, UnaryOperator<byte[]> forge) {
    return commit.commit(
        collection.id(),
        null,
        id -> {
          byte[] bytes =
              forge.apply(
                  DeltaWriter.encode(
                          new Delta(collection.id(), id, 3, null, clock.now(), operations))
                      .bytes());
          return new EncodedDelta(id, bytes, Checksum.of(bytes), operations.size());
        });
  }

  /** What the log holds. */
  List<LogEntry> entries() {
    return log.readAfter(collection.id(), Sequence.ZERO, 1_000);
  }

  /** How far readers know the log to be folded. */
  Sequence folded() {
    return log.read(collection.id()).orElseThrow().tip().folded();
  }

  /** The newest snapshot. */
  Manifest snapshot() {
    return snapshotStore.current(collection.id()).orElseThrow().manifest();
  }

  Path objectFile(ObjectKey key) {
    return services.store().localPath(key).orElseThrow();
  }

  CompactionReport compact() {
    return compactor.run(collection.id(), Deadline.in(clock, Duration.ofMinutes(1)));
  }

  CompactionReport compact(RunObserver observer) {
    return compactor
        .observedBy(observer)
        .run(collection.id(), Deadline.in(clock, Duration.ofMinutes(1)));
  }

  /** As a function that starts with an empty disk, far from the objects. */
  CompactionReport compactCold() {
    ObjectStore remote = new RemoteObjectStore(services.store());
    Path empty = folder.resolve("cold-" + ids.next());
    return compactor(remote, new SegmentCache(remote, empty, 1 << 30, workers))
        .run(collection.id(), Deadline.in(clock, Duration.ofMinutes(1)));
  }

  private Compactor compactor(ObjectStore store, SegmentCache segments) {
    SnapshotStore itsSnapshots = new SnapshotStore(store, clock);
    return new Compactor(
        services.catalog(),
        services.leases(),
        services.notices(),
        new CompactionSteps(
            log,
            new LogReader(log, clock, random, LogReader.DEFAULT_GRACE),
            new DeltaBatches(store, log, workers),
            itsSnapshots,
            new SnapshotCache(store, itsSnapshots, segments),
            new SegmentUpload(store, segments, workers),
            new MergePlanner(new MergeCosts(10_000, 1_500)),
            merges,
            ids,
            clock,
            folder.resolve("tmp-segments")),
        CompactionSettings.DEFAULT,
        clock,
        "test");
  }

  RollbackReport rollBack(String snapshot) {
    return new Rollback(compactor, commit, log, snapshotStore, services.notices())
        .to(collection.id(), new SnapshotName(snapshot), Deadline.in(clock, Duration.ofMinutes(1)));
  }

  /** Places a rollback without folding it, as if the process had died then. */
  void placeRollback(String snapshot) {
    assertThat(placeRollback(snapshot, pin(snapshot))).isPresent();
  }

  Optional<LogEntry.Rollback> placeRollback(String snapshot, Pin pin) {
    RetainedSnapshot target = new SnapshotName(snapshot).in(published());
    return commit.rollBack(collection.id(), target.generation(), target.manifest(), pin.through());
  }

  Pin pin(String snapshot) {
    return pin(snapshot, 100);
  }

  Pin pin(String snapshot, int places) {
    Deadline deadline = Deadline.in(clock, Duration.ofMinutes(1));
    PinnedTarget pinned =
        compactor.pin(collection.id(), new SnapshotName(snapshot), places, deadline);
    return new Pin(pinned.target().generation(), pinned.through());
  }

  /** A run that is out of time after it has published once. */
  CompactionReport compactOneStep() {
    return compactor.run(collection.id(), Deadline.in(new StepClock(), Duration.ofNanos(2)));
  }

  Receipts receipts() {
    return new Receipts(log, snapshotStore);
  }

  Quarantine quarantine() {
    return new Quarantine(log, services.store(), commit, services.notices(), clock);
  }

  CollectionStats stats() {
    return CollectionStats.of(collection.id(), log, snapshotStore, services.leases());
  }

  Verification verify(Manifest manifest) {
    return new Verifier(services.store(), folder).verify(manifest, null, _ -> {});
  }

  /** The newest manifest and all that it retains. */
  List<Manifest> manifests() {
    List<Manifest> manifests = new ArrayList<>(List.of(published()));
    published()
        .retained()
        .forEach(older -> manifests.add(snapshotStore.readManifest(older.manifest())));
    return manifests;
  }

  /** The newest manifest, but as if nothing had been deleted. */
  Manifest showingDeletedRows() {
    Manifest honest = published();
    return new Manifest(
        honest.collection(),
        honest.generation(),
        honest.commit(),
        honest.epoch(),
        honest.createdAt(),
        honest.ancestry(),
        honest.folded(),
        honest.shape(),
        honest.space(),
        honest.segments().stream().map(entry -> new SegmentEntry(entry.segment(), null)).toList(),
        honest.content(),
        honest.liveRecords(),
        honest.foldedRanges(),
        honest.retained(),
        honest.retired(),
        honest.pins(),
        honest.rollbacks());
  }

  /** Takes a place and leaves it empty, as a writer does that dies. */
  Sequence reserve() {
    ReserveResult result = log.reserve(collection.id(), new DeltaId(ids.next()), null);
    return ((ReserveResult.Reserved) result).place();
  }

  void voidPlace(Sequence place) {
    assertThat(log.voidPlace(collection.id(), place)).isInstanceOf(VoidResult.Filled.class);
  }

  void trim() {
    assertThat(log.trim(collection.id(), published().folded(), 1_000)).isPositive();
  }

  Manifest published() {
    return snapshotStore.current(collection.id()).orElseThrow().manifest();
  }

  ApiResponse call(Route route, String body) {
    return call(route, body, Map.of());
  }

  ApiResponse call(Route route, String body, Map<String, String> headers) {
    return records.handle(
        new RouteMatch(
            route,
            Map.of(
                "tenant", collection.tenant().value(),
                "database", collection.database().value(),
                "collection", collection.id().toString())),
        new ApiRequest("POST", "/", Map.of(), headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    views.close();
    snapshots.close();
    workers.close();
    services.close().run();
  }

  private static Collection create(Catalog catalog, TimeOrderedIds ids, Space space) {
    UUID databaseId = ids.next();
    TenantName tenant = new TenantName("tenant-" + databaseId);
    DatabaseName name = new DatabaseName("pipeline");
    catalog.createTenant(tenant);
    catalog.createDatabase(new Database(databaseId, tenant, name));
    return catalog.createCollection(
        new Collection(
            new CollectionId(ids.next()),
            tenant,
            name,
            new CollectionName("records"),
            space,
            HnswParameters.DEFAULT,
            null,
            null,
            Metadata.NONE,
            0));
  }
}
