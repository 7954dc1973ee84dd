package dev.siltstone.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.ingest.QueuedOutcome.Failed;
import dev.siltstone.ingest.QueuedOutcome.Stands;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.OperationMarks;
import dev.siltstone.metrics.Metric;
import dev.siltstone.time.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedIngestorTest {
  private static final Stands STANDS = new Stands();

  @TempDir private Path folder;
  private IngestFixture fixture;
  private SharedIngestor ingestor;

  @BeforeEach
  void open() {
    fixture = new IngestFixture(folder);
    ingestor = fixture.ingestor().shared();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void writesOfOneCollectionShareADelta() {
    assertThat(ingest(add("m1", "a"), add("m2", "b"), delete("m3", "a")))
        .containsExactly(STANDS, STANDS, STANDS);

    fixture.assertOnly(1);
    assertThat(committed()).extracting(LogEntry.Committed::count).containsExactly(3);
    assertThat(fixture.notices()).hasSize(1);
  }

  @Test
  void aWriteThatArrivesAgainIsNotAppliedAgain() {
    ingest(add("m1", "a"));

    assertThat(ingest(add("m1", "a"), add("m2", "b"))).containsExactly(STANDS, STANDS);
    assertThat(ingest(add("m1", "a"), delete("m2", "b"))).containsExactly(STANDS, STANDS);

    assertThat(committed()).extracting(LogEntry.Committed::count).containsExactly(1, 1);
    assertThat(fixture.tally.total(Metric.REPEATED_WRITES)).isEqualTo(3);
    assertThat(fixture.tally.total(Metric.OPERATIONS_COMMITTED)).isEqualTo(2);
  }

  @Test
  void aWriteThatIsThereTwiceIsAppliedOnce() {
    assertThat(ingest(add("m1", "a"), add("m1", "a"))).containsExactly(STANDS, STANDS);

    assertThat(committed()).extracting(LogEntry.Committed::count).containsExactly(1);
  }

  @Test
  void twoThatHaveTheSameWritesInHandApplyThemOnce() {
    QueuedWrite[] writes =
        IntStream.range(0, 40).mapToObj(i -> add("m" + i, "r" + i)).toArray(QueuedWrite[]::new);
    SharedIngestor other = fixture.ingestor().shared();

    var both =
        Stream.of(ingestor, other)
            .map(each -> CompletableFuture.supplyAsync(() -> ingest(each, writes)))
            .toList();

    both.forEach(each -> assertThat(each.join()).containsOnly(STANDS));
    assertThat(committed().stream().mapToInt(LogEntry.Committed::count).sum()).isEqualTo(40);
  }

  @Test
  void whoNeverHeardThatItCommittedFindsItsWritesWhenTheyComeAgain() {
    fixture.log.lostPlaceAnswers.set(100);
    assertThat(ingest(add("m1", "a")))
        .first()
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(OutcomeUnknownException.class));
    fixture.log.lostPlaceAnswers.set(0);

    assertThat(ingest(add("m1", "a"))).containsExactly(STANDS);
    assertThat(committed()).hasSize(1);
  }

  @Test
  void anIdIsForgottenAfterThreeWeeks() {
    ingest(add("m1", "a"));
    fixture.clock.pass(SharedIngestor.IDS_STAY.minusHours(1));
    ingest(add("m1", "a"));
    assertThat(committed()).hasSize(1);

    fixture.clock.pass(Duration.ofHours(2));
    ingest(add("m1", "a"));
    assertThat(committed()).hasSize(2);
  }

  @Test
  void aBadWriteDoesNotStopTheOthers() {
    List<QueuedOutcome> outcomes =
        ingest(
            add("m1", "a"),
            write("m2", "{'collection':'docs','operation':'add','ids':['b'],'embeddings':[[1]]}"),
            write("m3", "{'collection':'nope','operation':'delete','ids':['b']}"),
            add("m4", "c"));

    assertThat(outcomes.get(0)).isEqualTo(STANDS);
    assertThat(cause(outcomes.get(1))).isInstanceOf(InvalidRequestException.class);
    assertThat(cause(outcomes.get(2))).isInstanceOf(NotFoundException.class);
    assertThat(outcomes.get(3)).isEqualTo(STANDS);
    assertThat(committed()).extracting(LogEntry.Committed::count).containsExactly(2);
  }

  @Test
  void aDeltaTakesAsManyWritesAsATransactionHasRoomFor() {
    ingest(
        IntStream.range(0, OperationMarks.MOST + 5)
            .mapToObj(i -> add("m" + i, "r" + i))
            .toArray(QueuedWrite[]::new));

    assertThat(committed())
        .extracting(LogEntry.Committed::count)
        .containsExactly(OperationMarks.MOST, 5);
  }

  @Test
  void deletesMayBeAllThatIsLeftOfADelta() {
    ingest(add("m1", "a"));

    assertThat(ingest(add("m1", "a"), delete("m2", "a"))).containsExactly(STANDS, STANDS);
    assertThat(committed()).hasSize(2);
  }

  @Test
  void whatIsNotBegunInTimeHasFailedAndLeavesNothing() {
    Deadline passed = Deadline.in(fixture.clock, Duration.ZERO);

    assertThat(cause(ingestor.ingest(List.of(add("m1", "a")), passed).getFirst()))
        .isInstanceOf(UnavailableException.class);
    fixture.assertNothingLeft();
  }

  @Test
  void anEmptyWriteStandsWithoutADelta() {
    assertThat(ingest(write("m1", "{'collection':'docs','operation':'delete','ids':[]}")))
        .containsExactly(STANDS);
    fixture.assertNothingLeft();
  }

  private List<QueuedOutcome> ingest(QueuedWrite... writes) {
    return ingest(ingestor, writes);
  }

  private List<QueuedOutcome> ingest(SharedIngestor by, QueuedWrite... writes) {
    return by.ingest(List.of(writes), Deadline.in(fixture.clock, Duration.ofDays(1)));
  }

  private List<LogEntry.Committed> committed() {
    List<LogEntry.Committed> committed = new ArrayList<>();
    fixture
        .entries()
        .forEach(entry -> {
          if (entry instanceof LogEntry.Committed delta) {
            committed.add(delta);
          }
        });
    return committed;
  }

  private static RuntimeException cause(QueuedOutcome outcome) {
    return ((Failed) outcome).cause();
  }

  private static QueuedWrite add(String message, String id) {
    return write(
        message,
        "{'collection':'docs','operation':'add','ids':['%s'],'embeddings':[[1,2]]}".formatted(id));
  }

  private static QueuedWrite delete(String message, String id) {
    return write(message, "{'collection':'docs','operation':'delete','ids':['%s']}".formatted(id));
  }

  private static QueuedWrite write(String message, String payload) {
    return WriteEvent.parseQueued(payload.replace('\'', '"').getBytes(UTF_8), message);
  }
}
