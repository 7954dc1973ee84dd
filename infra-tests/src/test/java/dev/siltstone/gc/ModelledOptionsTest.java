package dev.siltstone.gc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.collection.Collection;
import dev.siltstone.contract.HandClock;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.ingest.Ingestor;
import dev.siltstone.ingest.QueuedOutcome;
import dev.siltstone.ingest.QueuedWrite;
import dev.siltstone.ingest.SharedIngestor;
import dev.siltstone.ingest.WriteEvent;
import dev.siltstone.ingest.file.DroppedFile;
import dev.siltstone.ingest.file.FileImporter;
import dev.siltstone.ingest.file.ImportProgress;
import dev.siltstone.ingest.file.aws.S3FileStore;
import dev.siltstone.local.cost.OptionCalls;
import dev.siltstone.metrics.Tally;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.time.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The cost model counts the calls that the stack's options really make. */
class ModelledOptionsTest {
  @TempDir Path folder;

  private final HandClock clock = new HandClock();
  private final AwsFamily family = AwsFamily.create(AwsServices.emulated());
  private final CountedCalls counted = new CountedCalls(family);
  private final Services services = Services.aws(family);
  private Actors actors;
  private SharedIngestor ingestor;
  private CollectionId c;

  @BeforeEach
  void open() {
    actors = new Actors(services, folder, clock, RetentionPolicy.DEFAULT, 1);
    c = actors.createCollection("counted");
    ingestor =
        new Ingestor(
                services.catalog(),
                services.log(),
                actors.commit(),
                services.notices(),
                new EmbeddingFunctions(List.of()),
                IngestLimits.OF_EVENTS,
                clock,
                new Tally())
            .shared();
    ingest("c", c.toString(), 1);
    clock.sleep(Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    actors.close();
    family.close();
  }

  @Test
  void ofQueuedWritesThatShareADelta() {
    assertThat(counted.calls(() -> ingest("by id", c.toString(), 90)))
        .isEqualTo(CountedCalls.whole(OptionCalls.queuedDelta(0)));
    clock.sleep(Duration.ofSeconds(2));
    assertThat(counted.calls(() -> ingest("by name", "counted", 90)))
        .isEqualTo(CountedCalls.whole(OptionCalls.queuedDelta(1)));
  }

  @Test
  void ofAFileInParts() {
    for (int parts : new int[] {1, 3}) {
      clock.sleep(Duration.ofSeconds(2));
      DroppedFile file = drop("of " + parts, parts * 1_000);
      assertThat(counted.calls(() -> importWhole(file)))
          .isEqualTo(CountedCalls.whole(OptionCalls.importedFile(parts)));
    }
  }

  @Test
  void ofAWarmUpAfterAPublish() {
    actors.compact(c);
    Collection known = services.catalog().collection(c).orElseThrow();
    String generation =
        actors.snapshots().current(c).orElseThrow().manifest().generation().toString();

    assertThat(
            counted.calls(() -> {
              services.catalog().collection(c);
              services.catalog().collection(c);
              actors.views().openAsOf(known, new SnapshotName(generation)).close();
            }))
        .as("the compactor's look and the query function's, but for Lambda and the files")
        .isEqualTo(CountedCalls.whole(OptionCalls.warmUp(0)));
  }

  private void ingest(String name, String collection, int messages) {
    List<QueuedWrite> writes =
        IntStream.range(0, messages)
            .mapToObj(i -> payload(collection, name.replace(' ', '-') + i))
            .toList();
    assertThat(ingestor.ingest(writes, soon())).hasOnlyElementsOfType(QueuedOutcome.Stands.class);
  }

  private static QueuedWrite payload(String collection, String id) {
    String body =
        """
        {"collection": "%s", "operation": "upsert", "ids": ["%s"], "embeddings": [[1, 2, 3]]}
        """
            .formatted(collection, id);
    return WriteEvent.parseQueued(body.getBytes(UTF_8), id);
  }

  private DroppedFile drop(String name, int records) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < records; i++) {
      lines.append("{\"ids\":[\"f%d\"],\"embeddings\":[[%d,1,1]]}\n".formatted(i, i));
    }
    String key = "import/default_tenant/default_database/counted/" + name + ".jsonl";
    String etag =
        family
            .s3()
            .putObject(
                b -> b.bucket(family.bucket()).key(key), RequestBody.fromString(lines.toString()))
            .eTag();
    return new DroppedFile(key, etag.replace("\"", ""), lines.length());
  }

  private void importWhole(DroppedFile file) {
    S3FileStore files =
        new S3FileStore(family.s3(), family.bucket(), new AwsCalls(clock, new Random(1)));
    assertThat(
            new FileImporter(files, ingestor, clock, new Tally())
                .run(ImportProgress.of(file), soon()))
        .isEmpty();
  }

  private Deadline soon() {
    return Deadline.in(clock, Duration.ofMinutes(1));
  }
}
