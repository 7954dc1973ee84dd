package dev.siltstone.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.Measured;
import dev.siltstone.api.json.MissingEmbeddings;
import dev.siltstone.api.json.WriteKind;
import dev.siltstone.api.json.WriteRequest;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.collection.sqlite.SqliteCatalog;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaLimits;
import dev.siltstone.delta.DeltaReader;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Commit;
import dev.siltstone.log.Head;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Receipt;
import dev.siltstone.log.sqlite.SqliteDeltaLog;
import dev.siltstone.metrics.Tally;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.ReceivedNotice;
import dev.siltstone.notice.sqlite.SqliteNoticeQueue;
import dev.siltstone.record.Metadata;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.directory.DirectoryObjectStore;
import dev.siltstone.time.TimeOrderedIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/** A producer over embedded storage in a folder, and a look at what it leaves there. */
public final class IngestFixture implements AutoCloseable {
  public static final CollectionId COLLECTION =
      new CollectionId(new UUID(0x0198L << 48 | 0x7000, 1L << 63));
  static final CollectionName NAME = new CollectionName("docs");

  public static final IngestLimits LIMITS = new IngestLimits(100, 100_000);

  final TestClock clock = new TestClock();
  final Tally tally = new Tally();
  final EmbeddedDatabase database;
  final SqliteCatalog catalog;
  final SqliteDeltaLog storedLog;
  final ProducerLog log;
  final DirectoryObjectStore store;
  final FailingQueue queue;

  public IngestFixture(Path folder) {
    database = EmbeddedDatabase.open(folder);
    catalog = new SqliteCatalog(database);
    storedLog = new SqliteDeltaLog(database);
    log = new ProducerLog(storedLog);
    store = new DirectoryObjectStore(folder);
    queue = new FailingQueue(new SqliteNoticeQueue(database, clock));
    create(COLLECTION, NAME);
  }

  void create(CollectionId id, CollectionName name) {
    catalog.createCollection(
        new Collection(
            id,
            TenantName.DEFAULT,
            DatabaseName.DEFAULT,
            name,
            Space.L2,
            HnswParameters.DEFAULT,
            null,
            null,
            Metadata.NONE,
            0));
  }

  /** A second collection, with this name. */
  public void createAnother(String name) {
    create(new CollectionId(new UUID(0x0198L << 48 | 0x7001, 1L << 63)), new CollectionName(name));
  }

  public Ingestor ingestor(EmbeddingFunction... functions) {
    return ingestor(LIMITS, functions);
  }

  public Ingestor ingestor(IngestLimits limits, EmbeddingFunction... functions) {
    Random random = new Random(7);
    Commit commit = new Commit(log, store, new TimeOrderedIds(clock, random), clock, random);
    return new Ingestor(
        catalog,
        log,
        commit,
        queue,
        new EmbeddingFunctions(List.of(functions)),
        limits,
        clock,
        tally);
  }

  ProducerApi api(EmbeddingFunction... functions) {
    return new ProducerApi(ingestor(functions), LIMITS, new Measured(System::nanoTime));
  }

  static CollectionRef byId(CollectionId id) {
    return new CollectionRef.ById(TenantName.DEFAULT, DatabaseName.DEFAULT, id);
  }

  static WriteBatch batch(WriteKind kind, String body) {
    return new WriteBatch.Records(
        byId(COLLECTION),
        WriteRequest.parse(body.getBytes(UTF_8), kind, MissingEmbeddings.MADE_FROM_DOCUMENTS));
  }

  Head head() {
    return storedLog.read(COLLECTION).orElseThrow().head();
  }

  List<LogEntry> entries() {
    return storedLog.readAfter(COLLECTION, Sequence.ZERO, 1_000);
  }

  /** Operations of all deltas in the log. */
  public int applied() {
    return entries().stream()
        .mapToInt(entry -> entry instanceof LogEntry.Committed delta ? delta.count() : 0)
        .sum();
  }

  public List<ListedObject> objects() {
    return store.listAfter("", null, 1_000);
  }

  public List<Notice> notices() {
    return queue.receive(10, Duration.ofMinutes(1)).stream().map(ReceivedNotice::notice).toList();
  }

  Delta delta(Receipt receipt) {
    byte[] bytes = store.get(Objects.requireNonNull(receipt.delta())).orElseThrow().bytes();
    Delta delta = DeltaReader.decode(bytes, DeltaLimits.FORMAT);
    assertThat(ObjectLayout.deltaId(receipt.delta())).contains(delta.id());
    return delta;
  }

  /** No object, no place, no entry, no notice. */
  public void assertNothingLeft() {
    assertThat(objects()).isEmpty();
    assertThat(head().lastReserved()).isEqualTo(Sequence.ZERO);
    assertThat(head().dimension()).isZero();
    assertThat(entries()).isEmpty();
    assertThat(notices()).isEmpty();
  }

  /** What was there before is all that is there. */
  public void assertOnly(int deltas) {
    assertThat(objects()).hasSize(deltas);
    assertThat(head().lastReserved()).isEqualTo(new Sequence(deltas));
    assertThat(entries()).hasSize(deltas);
  }

  @Override
  public void close() {
    store.close();
    database.close();
  }
}
