package dev.siltstone.ingest;

import static dev.siltstone.ingest.IngestFixture.COLLECTION;
import static dev.siltstone.ingest.IngestFixture.batch;
import static dev.siltstone.ingest.IngestFixture.byId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.json.WriteKind;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.delta.Delta;
import dev.siltstone.failure.BackPressureException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Receipt;
import dev.siltstone.metrics.Metric;
import dev.siltstone.notice.Notice;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestorTest {
  private static final String TWO_VECTORS = "{\"ids\":[\"a\",\"b\"],\"embeddings\":[[1,2],[3,4]]}";
  private static final String TWO_DOCUMENTS =
      "{\"ids\":[\"a\",\"b\"],\"documents\":[\"one\",\"three\"]}";

  private final LengthFunction function = new LengthFunction("lengths", 2);
  @TempDir private Path folder;
  private IngestFixture fixture;

  @BeforeEach
  void open() {
    fixture = new IngestFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void writesOneDeltaThatHoldsTheWholeBatchInOrder() {
    Receipt receipt =
        ingest(
            WriteKind.UPSERT,
            """
            {"ids":["b","a","b"],"embeddings":[[1,2],[3,4],[5,6]],"documents":["x",null,""],
             "metadatas":[{"k":1,"gone":null},null,{}],"uris":[null,"u",null]}\
            """);
    assertThat(receipt.sequence()).isEqualTo(new Sequence(1));
    assertThat(receipt.count()).isEqualTo(3);
    Delta delta = fixture.delta(receipt);
    assertThat(delta.collection()).isEqualTo(COLLECTION);
    assertThat(delta.dimension()).isEqualTo(2);
    assertThat(delta.embeddingFunction()).isNull();
    assertThat(delta.createdAt()).isEqualTo(fixture.clock.now());
    MetadataPatch patch =
        MetadataPatch.of(Map.of("k", new MetadataValue.IntValue(1)), Set.of("gone"));
    assertThat(delta.operations())
        .containsExactly(
            new Operation.Upsert(new RecordId("b"), Embedding.of(1, 2), "x", null, patch),
            new Operation.Upsert(
                new RecordId("a"), Embedding.of(3, 4), null, "u", MetadataPatch.NONE),
            new Operation.Upsert(
                new RecordId("b"), Embedding.of(5, 6), "", null, MetadataPatch.NONE));
  }

  @Test
  void commitsTheDeltaFixesTheDimensionAndSendsOneNotice() {
    Receipt receipt = ingest(WriteKind.ADD, TWO_VECTORS);
    assertThat(fixture.entries())
        .singleElement()
        .isInstanceOfSatisfying(
            LogEntry.Committed.class,
            entry -> {
              assertThat(entry.key()).isEqualTo(receipt.delta());
              assertThat(entry.count()).isEqualTo(2);
              assertThat(entry.bytes()).isEqualTo(fixture.objects().getFirst().bytes());
            });
    assertThat(fixture.head().dimension()).isEqualTo(2);
    assertThat(fixture.head().embeddingFunction()).isNull();
    assertThat(fixture.notices()).containsExactly(new Notice(COLLECTION));
    assertThat(fixture.tally.total(Metric.DELTAS_COMMITTED)).isEqualTo(1);
    assertThat(fixture.tally.total(Metric.OPERATIONS_COMMITTED)).isEqualTo(2);
  }

  @Test
  void embedsDocumentsAndRecordsTheFunction() {
    Delta delta = fixture.delta(ingest(WriteKind.ADD, TWO_DOCUMENTS));
    assertThat(delta.embeddingFunction()).isEqualTo("lengths");
    assertThat(delta.operations())
        .extracting(Operation::embedding)
        .containsExactly(function.vector("one"), function.vector("three"));
    assertThat(fixture.head().embeddingFunction()).isEqualTo("lengths");
    assertThat(fixture.tally.total(Metric.TEXTS_EMBEDDED)).isEqualTo(2);
  }

  @Test
  void takesVectorsOfClientsBesideItsOwn() {
    ingest(WriteKind.ADD, TWO_DOCUMENTS);
    Delta delta = fixture.delta(ingest(WriteKind.UPSERT, TWO_VECTORS));
    assertThat(delta.embeddingFunction()).isNull();
    assertThat(function.embedded()).hasSize(2);
  }

  @Test
  void refusesToMixVectorsOfTwoFunctions() {
    ingest(WriteKind.ADD, TWO_DOCUMENTS);
    LengthFunction other = new LengthFunction("others", 2);
    assertThatThrownBy(() -> fixture.ingestor(other).ingest(batch(WriteKind.ADD, TWO_DOCUMENTS)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("made by embedding function lengths")
        .hasMessageContaining("configured here: others");
    fixture.assertOnly(1);
    assertThat(other.embedded()).isEmpty();
  }

  @Test
  void usesTheRecordedFunctionNotTheFirst() {
    ingest(WriteKind.ADD, TWO_DOCUMENTS);
    LengthFunction other = new LengthFunction("others", 2);
    fixture.ingestor(other, function).ingest(batch(WriteKind.ADD, TWO_DOCUMENTS));
    assertThat(other.embedded()).isEmpty();
    assertThat(function.embedded()).hasSize(4);
  }

  @Test
  void refusesDocumentsWhereTheFunctionDoesNotFitTheVectors() {
    ingest(WriteKind.ADD, "{\"ids\":[\"a\"],\"embeddings\":[[1,2,3]]}");
    assertThatThrownBy(() -> ingest(WriteKind.ADD, TWO_DOCUMENTS))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("dimension of 3, but embedding function lengths makes 2");
    fixture.assertOnly(1);
    assertThat(function.embedded()).isEmpty();
  }

  @Test
  void refusesDocumentsWhereNothingEmbeds() {
    assertThatThrownBy(() -> fixture.ingestor().ingest(batch(WriteKind.ADD, TWO_DOCUMENTS)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("No embedding function is configured");
    fixture.assertNothingLeft();
  }

  @Test
  void makesNewVectorsForChangedDocumentsWhereTheOldOnesWereItsOwn() {
    ingest(WriteKind.ADD, TWO_DOCUMENTS);
    Delta delta =
        fixture.delta(
            ingest(WriteKind.UPDATE, "{\"ids\":[\"a\",\"b\"],\"documents\":[null,\"longer\"]}"));
    assertThat(delta.operations())
        .extracting(Operation::embedding)
        .containsExactly(null, function.vector("longer"));
    assertThat(delta.embeddingFunction()).isEqualTo("lengths");
  }

  @Test
  void leavesVectorsOfClientsWhenDocumentsChange() {
    ingest(WriteKind.ADD, TWO_VECTORS);
    Delta delta =
        fixture.delta(ingest(WriteKind.UPDATE, "{\"ids\":[\"a\"],\"documents\":[\"new\"]}"));
    assertThat(delta.operations().getFirst().embedding()).isNull();
    assertThat(delta.dimension()).isZero();
    assertThat(function.embedded()).isEmpty();
  }

  @Test
  void keepsVectorsThatAnUpdateSaysToKeep() {
    ingest(WriteKind.ADD, TWO_DOCUMENTS);
    Delta delta =
        fixture.delta(
            ingest(
                WriteKind.UPDATE,
                "{\"ids\":[\"a\",\"b\"],\"documents\":[\"x\",\"y\"],"
                    + "\"embeddings\":[null,[7,8]]}"));
    assertThat(delta.operations())
        .extracting(Operation::embedding)
        .containsExactly(null, Embedding.of(7, 8));
    assertThat(function.embedded()).hasSize(2);
  }

  @Test
  void updatesWithoutVectorsBeforeAnyDimensionIsFixed() {
    ingest(WriteKind.UPDATE, "{\"ids\":[\"a\"],\"metadatas\":[{\"k\":1}]}");
    assertThat(fixture.head().dimension()).isZero();
    fixture.assertOnly(1);
  }

  @Test
  void deletesById() {
    var ids = List.of(new RecordId("a"), new RecordId("a"), new RecordId("z"));
    Receipt receipt =
        fixture.ingestor().ingest(new WriteBatch.Deletion(byId(COLLECTION), ids)).orElseThrow();
    assertThat(fixture.delta(receipt).operations())
        .containsExactlyElementsOf(ids.stream().<Operation>map(Operation.Delete::new).toList());
  }

  @Test
  void writesNothingForAnEmptyBatch() {
    var empty = batch(WriteKind.ADD, "{\"ids\":[],\"embeddings\":[]}");
    assertThat(fixture.ingestor().ingest(empty)).isEmpty();
    fixture.assertNothingLeft();
  }

  @Test
  void findsACollectionByItsNameWhoeverHasIt() {
    var byName =
        new CollectionRef.ByName(
            TenantName.DEFAULT, DatabaseName.DEFAULT, new CollectionName("docs"));
    var write = new WriteBatch.Deletion(byName, List.of(new RecordId("a")));
    Ingestor ingestor = fixture.ingestor();
    assertThat(fixture.delta(ingestor.ingest(write).orElseThrow()).collection())
        .isEqualTo(COLLECTION);
    fixture.catalog.dropCollection(COLLECTION);
    assertThatThrownBy(() -> ingestor.ingest(write)).isInstanceOf(NotFoundException.class);
    CollectionId successor = new CollectionId(new UUID(0x0198L << 48 | 0x7001, 1L << 63));
    fixture.create(successor, new CollectionName("docs"));
    assertThat(fixture.delta(ingestor.ingest(write).orElseThrow()).collection())
        .isEqualTo(successor);
  }

  @Test
  void hidesCollectionsOfOtherDatabases() {
    var foreign =
        new CollectionRef.ById(TenantName.DEFAULT, new DatabaseName("elsewhere"), COLLECTION);
    assertThatThrownBy(() ->
            fixture.ingestor().ingest(new WriteBatch.Deletion(foreign, List.of(new RecordId("a")))))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("Collection [%s] does not exist.", COLLECTION);
    fixture.assertNothingLeft();
  }

  @Test
  void readsTheHeadOnceASecondNotOnceAWrite() {
    Ingestor ingestor = fixture.ingestor();
    for (int i = 0; i < 10; i++) {
      ingestor.ingest(batch(WriteKind.UPSERT, TWO_VECTORS));
    }
    assertThat(fixture.log.headReads).hasValue(2);
    fixture.clock.pass(Duration.ofSeconds(1));
    ingestor.ingest(batch(WriteKind.UPSERT, TWO_VECTORS));
    assertThat(fixture.log.headReads).hasValue(3);
  }

  @Test
  void looksAgainWhenARememberedHeadMayLackTheDimension() {
    Ingestor slow = fixture.ingestor();
    slow.ingest(batch(WriteKind.UPDATE, "{\"ids\":[\"a\"],\"metadatas\":[{\"k\":1}]}"));
    ingest(WriteKind.ADD, "{\"ids\":[\"a\"],\"embeddings\":[[1,2,3]]}");
    assertThatThrownBy(() -> slow.ingest(batch(WriteKind.ADD, TWO_VECTORS)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Collection expecting embedding with dimension of 3, got 2");
    fixture.assertOnly(2);
  }

  @Test
  void losesTheRaceForTheFirstDimension() {
    fixture.log.beforeReserve =
        () -> {
          fixture.log.beforeReserve = () -> {};
          ingest(WriteKind.ADD, "{\"ids\":[\"a\"],\"embeddings\":[[1,2,3]]}");
        };
    assertThatThrownBy(() -> ingest(WriteKind.ADD, TWO_VECTORS))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Collection expecting embedding with dimension of 3, got 2");
    assertThat(fixture.entries()).hasSize(1);
  }

  @Test
  void findsOutWhenReservingThatTheCollectionHasGone() {
    Ingestor ingestor = fixture.ingestor();
    ingestor.ingest(batch(WriteKind.ADD, TWO_VECTORS));
    ingestor.ingest(batch(WriteKind.ADD, TWO_VECTORS));
    fixture.catalog.dropCollection(COLLECTION);
    assertThatThrownBy(() -> ingestor.ingest(batch(WriteKind.ADD, TWO_VECTORS)))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void standsWithoutItsNotice() {
    fixture.queue.down = true;
    Receipt receipt = ingest(WriteKind.ADD, TWO_VECTORS);
    assertThat(fixture.entries()).hasSize(1);
    assertThat(fixture.delta(receipt).operations()).hasSize(2);
    assertThat(fixture.tally.total(Metric.NOTICES_LOST)).isEqualTo(1);
  }

  @Test
  void placesOnceWhenTheAnswersAreLost() {
    fixture.log.lostPlaceAnswers.set(3);
    Receipt receipt = ingest(WriteKind.ADD, TWO_VECTORS);
    assertThat(receipt.sequence()).isEqualTo(new Sequence(1));
    assertThat(fixture.entries()).hasSize(1);
    assertThat(fixture.objects()).hasSize(1);
  }

  @Test
  void leavesAHoleWhenAReservationIsLost() {
    fixture.log.lostReserveAnswers.set(1);
    Receipt receipt = ingest(WriteKind.ADD, TWO_VECTORS);
    assertThat(receipt.sequence()).isEqualTo(new Sequence(2));
    assertThat(fixture.entries()).hasSize(1);
  }

  @Test
  void saysThatTheOutcomeIsUnknownWhenNoAnswerComes() {
    fixture.log.lostPlaceAnswers.set(1_000);
    assertThatThrownBy(() -> ingest(WriteKind.ADD, TWO_VECTORS))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(fixture.notices()).isEmpty();
    assertThat(fixture.tally.total(Metric.DELTAS_COMMITTED)).isZero();
  }

  @Test
  void refusesWritesBeforeDoingAnythingWhereTenThousandAreUnfolded() {
    fixture.log.pretendedBacklog = 10_000;
    assertThatThrownBy(() -> ingest(WriteKind.ADD, TWO_DOCUMENTS))
        .isInstanceOfSatisfying(
            BackPressureException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
    assertThat(function.embedded()).isEmpty();
    assertThat(fixture.log.reservations).hasValue(0);
    fixture.assertNothingLeft();
  }

  @Test
  void slowsWritesDownWhereTwoThousandAreUnfolded() {
    fixture.log.pretendedBacklog = 1_999;
    fixture.ingestor(function).ingest(batch(WriteKind.ADD, TWO_VECTORS));
    assertThat(fixture.clock.sleeps()).isEmpty();
    fixture.log.pretendedBacklog = 9_000;
    fixture.ingestor(function).ingest(batch(WriteKind.ADD, TWO_VECTORS));
    assertThat(fixture.clock.sleeps()).hasSize(1);
    assertThat(fixture.clock.sleeps().getFirst()).isPositive();
  }

  @Test
  void refusesABatchOverTheLimit() {
    List<RecordId> ids = Collections.nCopies(101, new RecordId("a"));
    assertThatThrownBy(
            () -> fixture.ingestor().ingest(new WriteBatch.Deletion(byId(COLLECTION), ids)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("A batch of 101 records is over the limit of 100: split it");
    fixture.assertNothingLeft();
  }

  private Receipt ingest(WriteKind kind, String body) {
    return fixture.ingestor(function).ingest(batch(kind, body)).orElseThrow();
  }
}
