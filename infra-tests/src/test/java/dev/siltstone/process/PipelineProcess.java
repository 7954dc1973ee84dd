package dev.siltstone.process;

import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Collection;
import dev.siltstone.compaction.CompactionSettings;
import dev.siltstone.compaction.CompactionSteps;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.compaction.MergeCosts;
import dev.siltstone.compaction.MergePlanner;
import dev.siltstone.compaction.MergeWorkers;
import dev.siltstone.compaction.SegmentUpload;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.gc.RetentionPolicy;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.Commit;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.tail.TailView;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import dev.siltstone.time.TimeOrderedIds;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.Consistency;
import dev.siltstone.view.ReadPatience;
import dev.siltstone.view.ReadView;
import dev.siltstone.view.SoonCollection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A process of {@link KilledPipelineTest}: a producer, a compactor or a reader of one collection,
 * until it is killed. Its arguments: the role, the collection, a folder of its own, a first number
 * (of a producer), and the services.
 */
final class PipelineProcess {
  static final int DIMENSION = 4;

  /** Records that a producer writes over and over. */
  static final int RECORDS = 20;

  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration RUN = Duration.ofSeconds(20);
  private static final long CACHE_BYTES = 1 << 28;

  private final ProcessServices services;
  private final Collection collection;
  private final Path own;
  private final Clock clock = Clock.system();
  private final Random random = new Random();
  private final TimeOrderedIds ids = new TimeOrderedIds(clock, random);
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  PipelineProcess(ProcessServices services, CollectionId collection, Path own) {
    this.services = services;
    this.collection = services.catalog().collection(collection).orElseThrow();
    this.own = own;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> names = Arrays.asList(arguments).subList(4, arguments.length);
    try (ProcessServices services = ProcessServices.open(names)) {
      PipelineProcess process =
          new PipelineProcess(services, CollectionId.parse(arguments[1]), Path.of(arguments[2]));
      System.out.println("ready");
      switch (arguments[0]) {
        case "producer" -> process.produce(Long.parseLong(arguments[3]));
        case "compactor" -> process.compactForEver();
        default -> process.answerReads();
      }
    }
  }

  /** Line by line: what is about to be written, then that it was acknowledged. */
  @SuppressWarnings("InfiniteLoopStatement")
  private void produce(long firstVersion) {
    Commit commit = new Commit(services.log(), services.store(), ids, clock, random);
    String producer = own.getFileName().toString();
    for (long version = firstVersion; ; version++) {
      String id = producer + "." + version % RECORDS;
      System.out.println("try " + id + " " + version);
      List<Operation> operations = List.of(write(new RecordId(id), version));
      try {
        commit.commit(
            collection.id(),
            new VectorShape(DIMENSION, null),
            delta ->
                DeltaWriter.encode(
                    new Delta(collection.id(), delta, DIMENSION, null, clock.now(), operations)));
        System.out.println("done " + id + " " + version);
      } catch (UnavailableException | OutcomeUnknownException e) {
        System.out.println("unknown " + id + " " + version);
      }
    }
  }

  /** Every part of a record follows from its version, so that a mixture is noticed. */
  private static Operation write(RecordId id, long version) {
    return new Operation.Upsert(
        id, vector(version), Long.toString(version), null, MetadataPatch.NONE);
  }

  private static Embedding vector(long version) {
    return Embedding.of((float) version, (float) -version, 1, 0.5f);
  }

  /** The version of a record, all of whose parts must agree. */
  static long version(StoredRecord record) {
    long version = Long.parseLong(String.valueOf(record.document()));
    if (!record.embedding().equals(vector(version))) {
      throw new IllegalStateException("a mixture of versions in " + record.id());
    }
    return version;
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private void compactForEver() throws InterruptedException {
    Compactor compactor = compactor();
    while (true) {
      try {
        System.out.println(compactor.run(collection.id(), Deadline.in(clock, RUN)).outcome());
      } catch (UnavailableException | OutcomeUnknownException e) {
        System.out.println("again after " + e.getMessage());
      }
      Thread.sleep(random.nextInt(50));
    }
  }

  Collection collection() {
    return collection;
  }

  Compactor compactor() {
    SnapshotStore snapshots = new SnapshotStore(services.store(), clock);
    SegmentCache segments = segments();
    return new Compactor(
        services.catalog(),
        services.leases(),
        services.notices(),
        new CompactionSteps(
            services.log(),
            new LogReader(services.log(), clock, random, LogReader.DEFAULT_GRACE),
            new DeltaBatches(services.store(), services.log(), workers),
            snapshots,
            new SnapshotCache(services.store(), snapshots, segments),
            new SegmentUpload(services.store(), segments, workers),
            new MergePlanner(new MergeCosts(10_000, 1_500)),
            MergeWorkers.inline(),
            ids,
            clock,
            own.resolve("scratch")),
        new CompactionSettings(LEASE, 100, 1 << 20, 16, RetentionPolicy.DEFAULT),
        clock,
        "process " + ProcessHandle.current().pid());
  }

  /** For each line that arrives a strong read: {@code id=version …}. */
  private void answerReads() throws IOException {
    try (CollectionViews views = views();
        BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (input.readLine() != null) {
        StringJoiner line = new StringJoiner(" ", "read ", "");
        read(views).forEach((id, version) -> line.add(id + "=" + version));
        System.out.println(line);
      }
    }
  }

  CollectionViews views() {
    SnapshotStore snapshots = new SnapshotStore(services.store(), clock);
    return new CollectionViews(
        services.log(),
        new LogReader(services.log(), clock, random, LogReader.DEFAULT_GRACE),
        new DeltaBatches(services.store(), services.log(), workers),
        new SnapshotCache(services.store(), snapshots, segments()),
        workers,
        ReadPatience.STANDARD,
        clock);
  }

  /** Every record that a strong read sees, with its version. */
  Map<String, Long> read(CollectionViews views) {
    Map<String, Long> versions = new TreeMap<>();
    try (ReadView view = views.open(SoonCollection.of(collection), Consistency.STRONG)) {
      TailView records = view.records();
      for (int i = 0; i < records.base().segments().size(); i++) {
        var reader = records.base().segments().get(i).reader();
        for (int row : records.hiddenRows().get(i).liveOf(reader.rows())) {
          note(versions, reader.record(row));
        }
      }
      records.forEachRow(row -> note(versions, row.record()));
    }
    return versions;
  }

  private static void note(Map<String, Long> versions, StoredRecord record) {
    if (versions.put(record.id().value(), version(record)) != null) {
      throw new IllegalStateException("twice in one read: " + record.id());
    }
  }

  private SegmentCache segments() {
    return new SegmentCache(services.store(), own.resolve("cache"), CACHE_BYTES, workers);
  }
}
