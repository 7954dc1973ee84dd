package dev.siltstone.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.TenantName;
import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.contract.Fresh;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.Consistency;
import dev.siltstone.view.ReadView;
import dev.siltstone.view.SoonCollection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producers, compactors and readers, a process each, on one collection, while now one and now
 * another is killed with SIGKILL: a strong read sees at least what was acknowledged before it
 * began, and at the end nothing is lost, doubled or half there. {@code -Dsiltstone.kill.seconds=60}
 * runs it with 8 producers, 3 compactors and 2 readers for so long.
 */
final class KilledPipelineTest {
  private static final int SHORT_SECONDS = 8;
  private static final int SECONDS = Integer.getInteger("siltstone.kill.seconds", SHORT_SECONDS);
  private static final boolean SHORT = SECONDS <= SHORT_SECONDS;

  /** A busy machine may need longer to start so many processes than the run should last. */
  private static final int LEAST_WRITES = 20;

  private static final int PRODUCERS = SHORT ? 3 : 8;
  private static final int COMPACTORS = SHORT ? 2 : 3;
  private static final int READERS = SHORT ? 1 : 2;

  @TempDir Path folder;

  private final long seed = Long.getLong("siltstone.kill.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<KillableChild> children = new ArrayList<>();
  private final List<ChildJvm> readers = new ArrayList<>();
  private int kills;
  private int reads;

  @Test
  void losesNothingOverTheEmbeddedFamily() throws Exception {
    run(ProcessServices.embedded(folder.resolve("store")));
  }

  @Test
  void losesNothingOverTheAwsFamily() throws Exception {
    AwsServices services = AwsServices.emulated();
    try (AwsFamily family = AwsFamily.create(services)) {
      run(ProcessServices.aws(services, family));
    }
  }

  private void run(List<String> names) throws Exception {
    try (ProcessServices services = ProcessServices.open(names)) {
      CollectionId collection = create(services.catalog());
      try {
        startAll(names, collection);
        killAndRead();
      } finally {
        children.forEach(KillableChild::kill);
        readers.forEach(ChildJvm::close);
      }
      check(new PipelineProcess(services, collection, folder.resolve("check")), collection);
    }
  }

  private void startAll(List<String> names, CollectionId collection)
      throws IOException, InterruptedException {
    for (int i = 0; i < PRODUCERS + COMPACTORS; i++) {
      String role = i < PRODUCERS ? "producer" : "compactor";
      KillableChild child =
          new KillableChild(role, collection, folder.resolve(role + "-" + i), names);
      children.add(child);
      child.start();
    }
    for (int i = 0; i < READERS; i++) {
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("reader", collection.toString()));
      arguments.addAll(List.of(folder.resolve("reader-" + i).toString(), "0"));
      arguments.addAll(names);
      readers.add(ChildJvm.start(PipelineProcess.class, arguments.toArray(String[]::new)));
    }
    readers.forEach(reader -> assertThat(reader.receive()).isEqualTo("ready"));
    for (KillableChild child : children) {
      child.awaitReady();
    }
  }

  private void killAndRead() throws IOException {
    Deadline end = Deadline.in(Clock.system(), Duration.ofSeconds(SECONDS));
    Deadline patience = Deadline.in(Clock.system(), Duration.ofSeconds(SECONDS + 120));
    while (!end.hasPassed() || (lines("done") < LEAST_WRITES && !patience.hasPassed())) {
      Map<String, Long> acknowledged = versions("done");
      ChildJvm reader = readers.get(random.nextInt(READERS));
      reader.send("read");
      Map<String, Long> read = parse(reader.receive());
      reads++;
      acknowledged.forEach((id, version) ->
          assertThat(read.getOrDefault(id, -1L))
              .as("seed %d: %s in read %d", seed, id, reads)
              .isGreaterThanOrEqualTo(version));
      KillableChild victim = children.get(random.nextInt(children.size()));
      if (victim.hasWorked() && random.nextInt(4) == 0) {
        victim.kill();
        victim.start();
        kills++;
      }
    }
  }

  private void check(PipelineProcess survivor, CollectionId collection) throws Exception {
    Outcome outcome;
    do {
      outcome =
          survivor
              .compactor()
              .run(collection, Deadline.in(Clock.system(), Duration.ofMinutes(1)))
              .outcome();
      if (outcome == Outcome.LOCK_HELD) {
        Thread.sleep(100);
      }
    } while (outcome != Outcome.DRAINED);
    Map<String, Long> acknowledged = versions("done");
    Map<String, Long> tried = versions("try");
    try (CollectionViews views = survivor.views()) {
      Map<String, Long> found = survivor.read(views);
      assertThat(found.keySet()).as("seed %d", seed).containsAll(acknowledged.keySet());
      found.forEach((id, version) ->
          assertThat(version)
              .as("seed %d: %s", seed, id)
              .isBetween(acknowledged.getOrDefault(id, 0L), tried.getOrDefault(id, -1L)));
      checkContent(survivor, views, found.size());
    }
    System.out.printf(
        "seed %d: %d kills, %d strong reads, %d records, %d writes acknowledged%n",
        seed, kills, reads, acknowledged.size(), lines("done"));
    assertThat(acknowledged).isNotEmpty();
  }

  /** The snapshot folds everything, and its checksum is that of the records in its files. */
  private static void checkContent(PipelineProcess survivor, CollectionViews views, int records) {
    try (ReadView view = views.open(SoonCollection.of(survivor.collection()), Consistency.STRONG)) {
      Manifest manifest = view.records().base().manifest().orElseThrow();
      assertThat(manifest.folded()).isEqualTo(view.head().lastReserved());
      assertThat(manifest.liveRecords()).isEqualTo(records);
      ContentChecksum content = ContentChecksum.EMPTY;
      for (OpenSegment segment : view.records().base().segments()) {
        for (int row : segment.deleted().liveOf(segment.reader().rows())) {
          content = content.plus(RecordChecksum.of(segment.reader().record(row)));
        }
      }
      assertThat(content).isEqualTo(manifest.content());
    }
  }

  /** The highest version per record in the children's lines that begin with this word. */
  private Map<String, Long> versions(String word) throws IOException {
    Map<String, Long> versions = new HashMap<>();
    for (KillableChild child : children) {
      for (String line : child.lines(word)) {
        String[] parts = line.split(" ", -1);
        versions.merge(parts[1], Long.valueOf(parts[2]), Math::max);
      }
    }
    return versions;
  }

  private int lines(String word) throws IOException {
    int lines = 0;
    for (KillableChild child : children) {
      lines += child.lines(word).size();
    }
    return lines;
  }

  private static Map<String, Long> parse(String line) {
    Map<String, Long> versions = new HashMap<>();
    for (String part : line.substring("read ".length()).split(" ", -1)) {
      int at = part.indexOf('=');
      if (at > 0) {
        versions.put(part.substring(0, at), Long.valueOf(part.substring(at + 1)));
      }
    }
    return versions;
  }

  private static CollectionId create(Catalog catalog) {
    TenantName tenant = Fresh.tenant();
    catalog.createTenant(tenant);
    Database database = new Database(Fresh.uuid(), tenant, Fresh.databaseName());
    catalog.createDatabase(database);
    return catalog.createCollection(Fresh.collection(database, Fresh.collectionName())).id();
  }
}
