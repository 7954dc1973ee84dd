package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.siltstone.api.Route;
import dev.siltstone.collection.Space;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.compaction.RunObserver;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.LogEntry;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deltas that nobody can read are set aside visibly; deltas that have been changed stop the run.
 */
class PoisonDeltaTest {
  @TempDir Path folder;

  @Test
  void aTruncatedDeltaIsQuarantinedAndTheRestIsFolded() {
    expectQuarantine(good -> Arrays.copyOf(good, good.length / 2));
  }

  @Test
  void aDeltaThatIsNoDatabaseIsQuarantinedAndTheRestIsFolded() {
    expectQuarantine(
        _ -> Zstd.compress("this is no database at all".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aDecompressionBombIsQuarantinedAndTheRestIsFolded() {
    expectQuarantine(_ -> Zstd.compress(new byte[256 << 20]));
  }

  @Test
  void readersSkipAPoisonDeltaBeforeTheCompactorHasSeenIt() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 1)) {
      pipeline.write(List.of(add("before")));
      pipeline.writeForged(List.of(add("poison")), _ -> new byte[] {1, 2, 3});
      pipeline.write(List.of(add("after")));

      assertThat(count(pipeline)).isEqualTo("2");
      assertThat(pipeline.entries().get(1)).isInstanceOf(LogEntry.Quarantined.class);
    }
  }

  @Test
  void whoWatchesARunIsToldBeforeASnapshotLeavesTheDeltaOut() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 1)) {
      pipeline.writeForged(List.of(add("poison")), _ -> new byte[] {1, 2, 3});
      Watcher watcher = new Watcher(pipeline);
      pipeline.compact(watcher);
      assertThat(watcher.told).containsExactly("1 set aside, folded 0", "ended, folded 1");
    }
  }

  @Test
  void whoWatchesARunIsToldOfWhatAReaderHasSetAside() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 1)) {
      pipeline.writeForged(List.of(add("poison")), _ -> new byte[] {1, 2, 3});
      assertThat(count(pipeline)).isEqualTo("0");
      assertThat(pipeline.entries().getFirst()).isInstanceOf(LogEntry.Quarantined.class);
      Watcher watcher = new Watcher(pipeline);
      pipeline.compact(watcher);
      assertThat(watcher.told).containsExactly("1 set aside, folded 0", "ended, folded 1");
    }
  }

  @Test
  void aDeltaWithOtherBytesThanWereAcknowledgedStopsTheRunAndIsNotSetAside() throws Exception {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 1)) {
      pipeline.write(List.of(add("changed")));
      LogEntry.Committed entry = (LogEntry.Committed) pipeline.entries().getFirst();
      Path file = pipeline.objectFile(entry.key());
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);

      assertThatThrownBy(pipeline::compact)
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining(entry.key().value())
          .hasMessageContaining(entry.checksum().hex());
      assertThat(pipeline.entries().getFirst()).isEqualTo(entry);
    }
  }

  private void expectQuarantine(UnaryOperator<byte[]> forge) {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 1)) {
      pipeline.write(List.of(add("before")));
      pipeline.writeForged(List.of(add("poison")), forge);
      pipeline.write(List.of(add("after")));

      CompactionReport report = pipeline.compact();

      assertThat(report.outcome()).isEqualTo(Outcome.DRAINED);
      assertThat(report.quarantined()).isEqualTo(1);
      assertThat(report.folded().value()).isEqualTo(3);
      assertThat(pipeline.entries().get(1))
          .isInstanceOfSatisfying(
              LogEntry.Quarantined.class, entry -> assertThat(entry.reason()).isNotBlank());
      assertThat(count(pipeline)).isEqualTo("2");
    }
  }

  private static final class Watcher implements RunObserver {
    private final Pipeline pipeline;
    private final List<String> told = new ArrayList<>();

    Watcher(Pipeline pipeline) {
      this.pipeline = pipeline;
    }

    @Override
    public void setAside(CollectionId collection, int deltas) {
      told.add("%d set aside, folded %s".formatted(deltas, pipeline.folded()));
    }

    @Override
    public void ended(CollectionId collection, CompactionReport report, Duration took) {
      told.add("ended, folded " + pipeline.folded());
    }
  }

  private static String count(Pipeline pipeline) {
    return new String(pipeline.call(Route.COUNT, "").body(), StandardCharsets.UTF_8);
  }

  private static Operation add(String id) {
    return new Operation.Add(
        new RecordId(id), Embedding.of(1, 2, 3), "text of " + id, null, MetadataPatch.NONE);
  }
}
