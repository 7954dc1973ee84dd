package dev.siltstone.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.Route;
import dev.siltstone.collection.Space;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.RollbackReport;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Pin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older snapshot becomes current again as one more entry in the log, and nothing is lost. */
class RollbackTest {
  @TempDir Path folder;

  @Test
  void bringsBackTheTargetAndKeepsWhatItGivesUpReadable() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 1)) {
      expectRollback(pipeline);
    }
  }

  @Test
  void doesTheSameOverTheAwsFamily() {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        Pipeline pipeline = Pipeline.aws(family, folder, Space.L2, 2)) {
      expectRollback(pipeline);
    }
  }

  private static void expectRollback(Pipeline pipeline) {
    pipeline.write(List.of(add("a"), add("b")));
    pipeline.compact();
    Manifest target = pipeline.published();
    pipeline.write(List.of(delete("a"), add("c")));
    pipeline.compact();
    Sequence unfolded = pipeline.write(List.of(add("d"))).sequence();

    RollbackReport report = pipeline.rollBack("1");

    assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\",\"b\"]");
    Manifest now = pipeline.published();
    assertThat(now.content()).isEqualTo(target.content());
    assertThat(now.segments()).isEqualTo(target.segments());
    assertThat(now.generation()).isGreaterThan(target.generation());
    assertThat(report.givenUp())
        .extracting(LogEntry.Committed::sequence)
        .containsExactly(new Sequence(2), unfolded);
    assertThat(report.folded()).isNotNull();
    assertThat(now.givenUpBy(unfolded)).contains(report.folded());
    assertThat(now.givenUpBy(new Sequence(1))).isEmpty();
    assertThat(ids(pipeline, asOf(requireNonNull(report.folded()).before())))
        .isEqualTo("[\"b\",\"c\",\"d\"]");
    assertThat(now.pins()).isEmpty();

    pipeline.write(List.of(add("e")));
    assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\",\"b\",\"e\"]");
    pipeline.compact();
    assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\",\"b\",\"e\"]");
  }

  @Test
  void isSeenByReadersBeforeAnySnapshotFoldsIt() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 3)) {
      twoSnapshots(pipeline);

      pipeline.placeRollback("1");
      assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\"]");

      pipeline.write(List.of(add("c")));
      assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\",\"c\"]");
    }
  }

  @Test
  void staysInAViewWhoseSnapshotIsReplacedByOneThatDoesNotFoldItYet() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 4)) {
      twoSnapshots(pipeline);
      pipeline.write(List.of(add("given up")));
      pipeline.placeRollback("1");
      pipeline.write(List.of(add("c")));
      assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\",\"c\"]");

      for (int step = 0; step < 4; step++) {
        pipeline.compactOneStep();
        assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\",\"c\"]");
      }
      assertThat(pipeline.published().rollbacks()).hasSize(1);
    }
  }

  @Test
  void ofARollbackBringsBackWhatThatGaveUp() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 5)) {
      twoSnapshots(pipeline);
      RollbackReport first = pipeline.rollBack("1");

      pipeline.rollBack(requireNonNull(first.folded()).before().toString());

      assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\",\"b\"]");
      assertThat(pipeline.published().givenUpBy(new Sequence(2))).isEmpty();
      assertThat(pipeline.published().rollbacks()).hasSize(2);
    }
  }

  @Test
  void toTheCurrentSnapshotGivesUpOnlyWhatIsNotFolded() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 6)) {
      twoSnapshots(pipeline);
      pipeline.write(List.of(add("unfolded")));

      pipeline.rollBack(pipeline.published().generation().toString());

      assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\",\"b\"]");
    }
  }

  @Test
  void placedLongAfterItsPinStillFindsItsTarget() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 7)) {
      twoSnapshots(pipeline);
      pipeline.pin("1");
      manySnapshots(pipeline);
      assertThat(pipeline.published().retained(new Generation(1))).isPresent();

      pipeline.placeRollback("1");
      pipeline.compact();

      assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\"]");
    }
  }

  @Test
  void toTheSameSnapshotAsAnotherOneUnderWayFindsItToo() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 13)) {
      twoSnapshots(pipeline);
      Pin first = pipeline.pin("1", 3);
      Pin second = pipeline.pin("1", 100);
      assertThat(pipeline.placeRollback("1", first)).isPresent();
      manySnapshots(pipeline);
      assertThat(pipeline.published().retained(new Generation(1))).isPresent();

      assertThat(pipeline.placeRollback("1", second)).isPresent();
      pipeline.compact();

      assertThat(ids(pipeline, Map.of())).isEqualTo("[\"a\"]");
      assertThat(pipeline.published().pins()).isEmpty();
    }
  }

  @Test
  void thatNeverComesLetsGoOfItsTargetOnceItsLastPlaceIsFolded() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 8)) {
      twoSnapshots(pipeline);
      Pin pin = pipeline.pin("1", 3);
      manySnapshots(pipeline);

      assertThat(pipeline.published().folded()).isGreaterThan(pin.through());
      assertThat(pipeline.published().pins()).isEmpty();
      assertThat(pipeline.published().retained(new Generation(1))).isEmpty();
      assertThat(pipeline.placeRollback(pipeline.published().generation().toString(), pin))
          .isEmpty();
      assertThat(pipeline.entries().getLast()).isInstanceOf(LogEntry.Voided.class);
    }
  }

  @Test
  void toASnapshotThatIsNotRetainedIsRefusedAndChangesNothing() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 9)) {
      twoSnapshots(pipeline);
      Manifest before = pipeline.published();
      assertThat(before.generation().value()).isEqualTo(3);

      assertThatThrownBy(() -> pipeline.rollBack("17"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("Snapshot [17]")
          .hasMessageContaining("is not retained; these generations are: 3, 1");

      assertThat(pipeline.published()).isEqualTo(before);
      assertThat(pipeline.entries()).hasSize(2);
    }
  }

  @Test
  void ofACollectionWithoutSnapshotsIsRefused() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 10)) {
      pipeline.write(List.of(add("a")));
      assertThatThrownBy(() -> pipeline.rollBack("1"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("has no snapshot to roll back to");
    }
  }

  @Test
  void readsAsOfASnapshotByGenerationKeyOrFolderName() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 11)) {
      twoSnapshots(pipeline);
      String key =
          pipeline.published().retained(new Generation(1)).orElseThrow().manifest().value();
      String name = key.replaceFirst(".*/(.*)/manifest.json", "$1");
      for (String asOf : List.of("1", key, name)) {
        assertThat(ids(pipeline, Map.of("x-siltstone-as-of", asOf))).isEqualTo("[\"a\"]");
      }
      assertThat(ids(pipeline, asOf(pipeline.published().generation()))).isEqualTo("[\"a\",\"b\"]");
    }
  }

  @Test
  void refusesToReadAsOfWhatIsNotRetainedOrAsOfAndFresh() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 12)) {
      pipeline.write(List.of(add("a")));
      assertThatThrownBy(() -> ids(pipeline, asOf(new Generation(1))))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("has no snapshot yet");
      pipeline.compact();
      assertThatThrownBy(() -> ids(pipeline, asOf(new Generation(9))))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("these generations are: 1");
      assertThatThrownBy(
              () -> ids(pipeline, Map.of("x-siltstone-as-of", "1", "x-siltstone-at-least", "1")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("exclude each other");
      assertThatThrownBy(() -> pipeline.call(Route.DELETE_RECORDS, "{}", asOf(new Generation(1))))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("is for reading");
    }
  }

  private static void twoSnapshots(Pipeline pipeline) {
    pipeline.write(List.of(add("a")));
    pipeline.compact();
    pipeline.write(List.of(add("b")));
    pipeline.compact();
  }

  /** More than are kept. */
  private static void manySnapshots(Pipeline pipeline) {
    for (int i = 0; i < 12; i++) {
      pipeline.write(List.of(add("more " + i)));
      pipeline.compact();
    }
  }

  private static Map<String, String> asOf(Generation generation) {
    return Map.of("x-siltstone-as-of", generation.toString());
  }

  private static String ids(Pipeline pipeline, Map<String, String> headers) {
    String answer =
        new String(
            pipeline.call(Route.GET_RECORDS, "{\"include\":[]}", headers).body(),
            StandardCharsets.UTF_8);
    return answer.replaceFirst(".*\"ids\":(\\[[^]]*]).*", "$1");
  }

  private static Operation add(String id) {
    return new Operation.Add(
        new RecordId(id), Embedding.of(1, 2, 3), "text of " + id, null, MetadataPatch.NONE);
  }

  private static Operation delete(String id) {
    return new Operation.Delete(new RecordId(id));
  }
}
