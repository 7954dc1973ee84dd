package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.Route;
import dev.siltstone.collection.Space;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.CollectionStats;
import dev.siltstone.operations.Difference;
import dev.siltstone.operations.Quarantine.Retried;
import dev.siltstone.operations.RollbackReport;
import dev.siltstone.operations.Verification;
import dev.siltstone.operations.WriteState;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person can ask: receipts, what was set aside, where a collection stands, is it sound. */
class OperationsTest {
  private static final byte[] POISON = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void aReceiptFollowsAWriteFromTheLogIntoASnapshotAndOutOfTheLog() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 1)) {
      expectReceipts(pipeline);
    }
  }

  @Test
  void receiptsSayTheSameOverTheAwsFamily() {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        Pipeline pipeline = Pipeline.aws(family, folder, Space.L2, 2)) {
      expectReceipts(pipeline);
    }
  }

  private static void expectReceipts(Pipeline pipeline) {
    Sequence first = pipeline.write(List.of(add("a"))).sequence();
    LogEntry.Committed entry = (LogEntry.Committed) pipeline.entries().getFirst();
    assertThat(pipeline.receipts().of(pipeline.collection(), first))
        .isEqualTo(new WriteState.Accepted(entry));
    assertThat(pipeline.receipts().of(pipeline.collection(), entry.delta()))
        .isEqualTo(new WriteState.Accepted(entry));

    pipeline.compact();
    WriteState folded = new WriteState.Folded(first, new Generation(1), null);
    assertThat(pipeline.receipts().of(pipeline.collection(), first)).isEqualTo(folded);
    assertThat(pipeline.receipts().of(pipeline.collection(), entry.delta())).isEqualTo(folded);

    pipeline.trim();
    assertThat(pipeline.receipts().of(pipeline.collection(), first)).isEqualTo(folded);
    assertThat(pipeline.receipts().of(pipeline.collection(), entry.delta()))
        .isInstanceOfSatisfying(
            WriteState.Unknown.class,
            unknown -> assertThat(unknown.why()).contains("ask by its sequence"));
  }

  @Test
  void aReceiptTellsVoidsQuarantinesRollbacksHolesAndPlacesNotGivenYet() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 3)) {
      pipeline.write(List.of(add("a")));
      pipeline.compact();
      pipeline.write(List.of(add("given up")));
      RollbackReport rollback = pipeline.rollBack("1");
      pipeline.writeForged(List.of(add("poison")), _ -> POISON);
      pipeline.compact();
      Sequence hole = pipeline.reserve();
      CollectionId id = pipeline.collection();

      assertThat(pipeline.receipts().of(id, new Sequence(2)))
          .isInstanceOfSatisfying(
              WriteState.Folded.class,
              folded -> assertThat(folded.givenUpBy()).isEqualTo(rollback.folded()));
      assertThat(pipeline.receipts().of(id, rollback.sequence()))
          .isInstanceOfSatisfying(
              WriteState.RollsBack.class, state -> assertThat(state.folded()).isTrue());
      assertThat(pipeline.receipts().of(id, new Sequence(4)))
          .isInstanceOfSatisfying(
              WriteState.SetAside.class, state -> assertThat(state.entry().reason()).isNotBlank());
      assertThat(pipeline.receipts().of(id, hole)).isEqualTo(new WriteState.Unfilled(hole));
      pipeline.voidPlace(hole);
      assertThat(pipeline.receipts().of(id, hole)).isEqualTo(new WriteState.Voided(hole));
      assertThat(pipeline.receipts().of(id, hole.next())).isInstanceOf(WriteState.Unknown.class);
      assertThat(pipeline.receipts().of(id, new DeltaId(new UUID(7, 7))))
          .isInstanceOf(WriteState.Unknown.class);
      CollectionId nobody = new CollectionId(new UUID(0x7000, -1L << 63));
      assertThatThrownBy(() -> pipeline.receipts().of(nobody, hole))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void aRepairedDeltaIsWrittenAtANewPlaceBehindWhatCameMeanwhile() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 4)) {
      byte[][] good = new byte[1][];
      pipeline.writeForged(
          List.of(add("late")),
          bytes -> {
            good[0] = bytes;
            return POISON;
          });
      pipeline.write(List.of(add("meanwhile")));
      pipeline.compact();
      LogEntry.Quarantined aside = pipeline.quarantine().list(pipeline.collection()).getFirst();
      assertThat(aside.sequence()).isEqualTo(new Sequence(1));
      assertThatThrownBy(() -> pipeline.quarantine().retry(pipeline.collection(), aside.sequence()))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("give a repaired file");
      assertThat(pipeline.entries()).hasSize(2);

      Retried retried =
          pipeline.quarantine().retry(pipeline.collection(), aside.sequence(), good[0]);

      assertThat(retried.was()).isEqualTo(aside);
      assertThat(retried.now().sequence()).isEqualTo(new Sequence(3));
      assertThat(count(pipeline)).isEqualTo("2");
      assertThat(pipeline.quarantine().list(pipeline.collection())).containsExactly(aside);
    }
  }

  @Test
  void aRetryNeedsSomethingThatWasSetAsideAndADeltaOfTheSameCollection() throws Exception {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 5)) {
      CollectionId id = pipeline.collection();
      pipeline.write(List.of(add("good")));
      assertThatThrownBy(() -> pipeline.quarantine().retry(id, new Sequence(1)))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("nothing was set aside at place 1");
      pipeline.writeForged(List.of(add("poison")), _ -> POISON);
      pipeline.compact();
      assertThatThrownBy(() -> pipeline.quarantine().retry(id, new Sequence(2), new byte[9]))
          .isInstanceOf(InvalidRequestException.class);
      LogEntry.Quarantined aside = pipeline.quarantine().list(id).getFirst();
      Files.delete(pipeline.objectFile(aside.key()));
      assertThatThrownBy(() -> pipeline.quarantine().retry(id, aside.sequence()))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("is gone; give a repaired file instead");
    }
  }

  @Test
  void statsShowBacklogHolesAndTheLastRunsWithTheirFailures() throws Exception {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 6)) {
      pipeline.write(List.of(add("a")));
      pipeline.compact();
      Sequence hole = pipeline.reserve();
      pipeline.write(List.of(add("b")));
      CollectionStats stats = pipeline.stats();
      assertThat(stats.backlog()).isEqualTo(2);
      assertThat(stats.holes()).containsExactly(hole);
      assertThat(stats.tailBytes()).isPositive();
      assertThat(stats.lock()).isNull();
      assertThat(stats.runs().getFirst().outcome()).isEqualTo("DRAINED");

      LogEntry.Committed entry = (LogEntry.Committed) pipeline.entries().getLast();
      Files.write(pipeline.objectFile(entry.key()), POISON);
      assertThatThrownBy(pipeline::compact).isInstanceOf(SiltstoneException.class);

      assertThat(pipeline.stats().runs().getFirst().outcome()).isEqualTo("FAILED");
      assertThat(pipeline.stats().runs().getFirst().failure()).contains(entry.key().value());
      assertThat(pipeline.stats().runs()).hasSize(2);
    }
  }

  @Test
  void everySnapshotOfASoundCollectionIsProvedSound() throws Exception {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 7)) {
      history(pipeline);
      expectSound(pipeline);
    }
  }

  @Test
  void theAwsFamilyIsProvedSoundToo() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        Pipeline pipeline = Pipeline.aws(family, folder, Space.L2, 8)) {
      history(pipeline);
      expectSound(pipeline);
    }
  }

  private static void expectSound(Pipeline pipeline) {
    for (Manifest manifest : pipeline.manifests()) {
      Verification found = pipeline.verify(manifest);
      assertThat(found.differences()).isEmpty();
      assertThat(found.records()).isEqualTo(manifest.liveRecords());
      assertThat(found.files()).isPositive();
    }
  }

  @Test
  void aFlippedByteInAnyFileIsNamedByItsKey() throws Exception {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 9)) {
      history(pipeline);
      Manifest manifest = pipeline.published();
      List<String> damaged = new ArrayList<>();
      for (SegmentEntry entry : manifest.segments()) {
        for (var file : entry.segment().files()) {
          damaged.add(flip(pipeline, entry.segment().keyOf(manifest.collection(), file)));
        }
        if (entry.deleted() != null) {
          damaged.add(flip(pipeline, entry.deleted().key()));
        }
      }
      assertThat(pipeline.verify(manifest).differences())
          .extracting(Difference::where)
          .containsExactlyInAnyOrderElementsOf(damaged);
    }
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 10)) {
      history(pipeline);
      Manifest manifest = pipeline.published();
      SegmentEntry entry = manifest.segments().getFirst();
      var key = entry.segment().keyOf(manifest.collection(), entry.segment().files().getFirst());
      Files.delete(pipeline.objectFile(key));
      assertThat(pipeline.verify(manifest).differences())
          .contains(new Difference(key.value(), "missing"));
    }
  }

  @Test
  void aManifestThatShowsADeletedRowAgainDiffersFromItsSum() throws Exception {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, 11)) {
      history(pipeline);
      Manifest lying = pipeline.showingDeletedRows();
      assertThat(pipeline.verify(lying).differences())
          .extracting(Difference::what)
          .anyMatch(what -> what.startsWith("expected"))
          .anyMatch(what -> what.startsWith("expected content checksum"));
    }
  }

  private static String flip(Pipeline pipeline, ObjectKey key) throws Exception {
    Path file = pipeline.objectFile(key);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    return key.value();
  }

  /** A large segment with a deleted row, and a small one that it does not absorb. */
  private static void history(Pipeline pipeline) {
    List<Operation> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      many.add(add("r" + i));
    }
    pipeline.write(many);
    pipeline.compact();
    pipeline.write(List.of(new Operation.Delete(new RecordId("r7")), add("one more")));
    pipeline.compact();
    assertThat(pipeline.published().segments()).hasSize(2);
    assertThat(pipeline.published().segments()).anyMatch(entry -> entry.deleted() != null);
  }

  private static String count(Pipeline pipeline) {
    return new String(pipeline.call(Route.COUNT, "").body(), StandardCharsets.UTF_8);
  }

  private static Operation add(String id) {
    return new Operation.Add(
        new RecordId(id),
        Embedding.of(1, 2, id.length()),
        "text of " + id,
        null,
        MetadataPatch.setting(Map.of("n", new IntValue(id.length()))));
  }
}
