package dev.siltstone.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of concurrent writes, again and again on one folder. The whole run:
 *
 * <pre>./mvnw -pl infra-tests -am test -Dtest=KilledServerTest
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dsiltstone.kills=20</pre>
 */
class KilledServerTest {
  private static final int KILLS = Integer.getInteger("siltstone.kills", 3);
  private static final long SEED = Long.getLong("siltstone.seed", 20261120);
  private static final int WRITERS = 8;
  private static final int LONGEST_RUN_MILLIS = 1000;
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path data;
  private final Random random = new Random(SEED);
  private final Semaphore answers = new Semaphore(0);
  private final List<VersionedWriter> writers = new ArrayList<>();

  @Test
  void losesNoAcknowledgedWriteAndAnswersNothingHalfWritten() throws Exception {
    for (int kill = 1; kill <= KILLS; kill++) {
      try (ServeProcess server = ServeProcess.start(data);
          HttpClient client = HttpClient.newHttpClient()) {
        HttpCollection collection = HttpCollection.open(client, server.uri(), "killed");
        check(collection, kill);
        writeUntilKilled(server, collection);
        System.out.printf(
            "kill %d of %d (seed %d): ready after %d ms, %d writes known to stand%n",
            kill, KILLS, SEED, server.ready().toMillis(), standing());
      }
    }
    try (ServeProcess server = ServeProcess.start(data);
        HttpClient client = HttpClient.newHttpClient()) {
      check(HttpCollection.open(client, server.uri(), "killed"), KILLS + 1);
    }
  }

  private void writeUntilKilled(ServeProcess server, HttpCollection collection) throws Exception {
    if (writers.isEmpty()) {
      IntStream.range(0, WRITERS)
          .forEach(i -> writers.add(new VersionedWriter(i, collection, answers)));
    }
    writers.forEach(writer -> writer.moveTo(collection));
    answers.drainPermits();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Void>> writing = writers.stream().map(threads::submit).toList();
      boolean underWay = answers.tryAcquire(WRITERS, PATIENCE_SECONDS, TimeUnit.SECONDS);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_RUN_MILLIS));
      server.kill();
      assertThat(underWay).as("the writers' first writes were acknowledged").isTrue();
      for (Future<Void> one : writing) {
        one.get();
      }
    }
  }

  /** Acknowledged, or seen after a restart: a version counts the writes of its batch. */
  private int standing() {
    return writers.stream()
        .mapToInt(
            writer -> IntStream.range(0, VersionedWriter.BATCHES).map(writer::acknowledged).sum())
        .sum();
  }

  private void check(HttpCollection collection, int round) throws Exception {
    for (VersionedWriter writer : writers) {
      for (int batch = 0; batch < VersionedWriter.BATCHES; batch++) {
        int version = wholeVersion(collection, writer, batch, round);
        assertThat(version)
            .as("seed %d, round %d, %s", SEED, round, writer.id(batch, 0))
            .isBetween(writer.acknowledged(batch), writer.attempted(batch));
        writer.seen(batch, version);
      }
    }
  }

  /** The version that every part of every record of a batch carries; 0 if there is none. */
  private static int wholeVersion(
      HttpCollection collection, VersionedWriter writer, int batch, int round) throws Exception {
    List<String> ids =
        IntStream.range(0, VersionedWriter.RECORDS).mapToObj(r -> writer.id(batch, r)).toList();
    JsonNode found =
        collection.call(
            "get", Map.of("ids", ids, "include", List.of("documents", "metadatas", "embeddings")));
    if (found.get("ids").isEmpty()) {
      return 0;
    }
    int version = found.get("metadatas").get(0).get("version").intValue();
    for (int record = 0; record < VersionedWriter.RECORDS; record++) {
      String where = "round %d, %s".formatted(round, ids.get(record));
      assertThat(found.get("ids").path(record).textValue()).as(where).isEqualTo(ids.get(record));
      assertThat(found.get("documents").get(record).textValue())
          .as(where)
          .isEqualTo("version " + version);
      assertThat(found.get("metadatas").get(record).get("version").intValue())
          .as(where)
          .isEqualTo(version);
      assertThat(found.get("embeddings").get(record).get(0).floatValue())
          .as(where)
          .isEqualTo(version);
    }
    return version;
  }
}
