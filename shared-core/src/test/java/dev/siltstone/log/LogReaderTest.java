package dev.siltstone.log;

import static dev.siltstone.log.LogFixture.COLLECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry.Voided;
import dev.siltstone.log.LogReader.Suffix;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private final LogFixture fixture = new LogFixture();

  @Test
  void readsEveryPlaceAskedFor() {
    place(1, 2_345);
    assertThat(places(read(0, 2_345))).isEqualTo(LongStream.rangeClosed(1, 2_345).boxed().toList());
    assertThat(places(read(10, 12))).containsExactly(11L, 12L);
    assertThat(fixture.wire.count("voidPlace")).isZero();
  }

  @Test
  void asksNothingWhenNothingIsMissing() {
    assertThat(places(read(5, 5))).isEmpty();
    assertThat(fixture.wire.calls()).isEmpty();
  }

  @Test
  void waitsForAWriterWhoIsSlowerThanTheReader() {
    place(1, 1);
    Sequence slow = fixture.hole();
    place(3, 3);
    fixture.wire.answer("readAfter").answer("readAfter").answer("readAfter");
    fixture.wire.before("readAfter", () -> fixture.log.place(COLLECTION, fixture.entry(slow)));

    assertThat(read(0, 3)).isEqualTo(new Suffix.Entries(List.of(entry(1), entry(2), entry(3))));
    assertThat(fixture.wire.count("voidPlace")).isZero();
  }

  @Test
  void voidsEveryHoleAfterOneGrace() {
    Sequence first = fixture.hole();
    place(2, 2);
    Sequence third = fixture.hole();
    long start = fixture.clock.nanoTime();

    assertThat(read(0, 3))
        .isEqualTo(new Suffix.Entries(List.of(new Voided(first), entry(2), new Voided(third))));
    assertThat(Duration.ofNanos(fixture.clock.nanoTime() - start))
        .isEqualTo(LogReader.DEFAULT_GRACE);
    assertThat(fixture.entries()).hasSize(3);
  }

  @Test
  void waitsAnewWheneverAWriterFillsItsPlace() {
    for (int i = 0; i < 4; i++) {
      fixture.hole();
    }
    long start = fixture.clock.nanoTime();
    for (int i = 0; i < 100; i++) {
      fixture.wire.before("readAfter", () -> placeDue(start, Duration.ofMillis(200), 3));
    }
    assertThat(read(0, 4))
        .isEqualTo(
            new Suffix.Entries(List.of(entry(1), entry(2), entry(3), new Voided(new Sequence(4)))));
    assertThat(Duration.ofNanos(fixture.clock.nanoTime() - start))
        .isBetween(Duration.ofMillis(850), Duration.ofMillis(950));
  }

  @Test
  void waitsForMoreAndMoreWritersButNotForEver() {
    for (int i = 0; i < 100; i++) {
      fixture.hole();
    }
    long start = fixture.clock.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      fixture.wire.before("readAfter", () -> placeDue(start, Duration.ofMillis(200), 100));
    }
    assertThat(((Suffix.Entries) read(0, 100)).entries().getLast()).isInstanceOf(Voided.class);
    assertThat(Duration.ofNanos(fixture.clock.nanoTime() - start))
        .isEqualTo(LogReader.DEFAULT_GRACE.multipliedBy(40));
  }

  /** As writers do of whom one is ready after each {@code step}. */
  private void placeDue(long start, Duration step, long last) {
    long ready = Duration.ofNanos(fixture.clock.nanoTime() - start).dividedBy(step);
    for (long place = 1; place <= Math.min(ready, last); place++) {
      fixture.log.place(COLLECTION, fixture.entry(new Sequence(place)));
    }
  }

  @Test
  void readsWhatWasPlacedAtTheLastMoment() {
    Sequence hole = fixture.hole();
    fixture.wire.before("voidPlace", () -> fixture.log.place(COLLECTION, fixture.entry(hole)));
    assertThat(read(0, 1)).isEqualTo(new Suffix.Entries(List.of(entry(1))));
  }

  @Test
  void findsOutAtOnceThatAPlaceWasTrimmed() {
    place(1, 4);
    Tip tip = fixture.moveTip(1, new Sequence(2));
    fixture.log.trim(COLLECTION, new Sequence(2), 10);
    long start = fixture.clock.nanoTime();

    assertThat(read(1, 4)).isEqualTo(new Suffix.TipPassed(headAndTip(tip)));
    assertThat(fixture.clock.nanoTime()).isEqualTo(start);
  }

  @Test
  void startsAgainWhenTheTipPassesAHoleAtTheLastMoment() {
    fixture.hole();
    fixture.wire.before("voidPlace", () -> fixture.moveTip(1, new Sequence(1)));
    assertThat(read(0, 1)).isInstanceOf(Suffix.TipPassed.class);
    assertThat(fixture.entries()).isEmpty();
  }

  @Test
  void forgetsWhatItSawBehindAHole() {
    Sequence hole = fixture.hole();
    place(2, 3);
    LogEntry.Committed behind = fixture.entry(new Sequence(2));
    fixture.wire.before(
        "voidPlace", () -> fixture.log.quarantine(COLLECTION, behind, "cannot be read"));

    LogEntry verdict =
        new LogEntry.Quarantined(
            behind.sequence(),
            behind.delta(),
            behind.key(),
            behind.count(),
            behind.bytes(),
            behind.checksum(),
            "cannot be read");
    assertThat(read(0, 3))
        .isEqualTo(new Suffix.Entries(List.of(new Voided(hole), verdict, entry(3))));
  }

  @Test
  void looksAgainWhenTheAnswerToVoidingIsLost() {
    fixture.hole();
    fixture.wire.loseRequest("voidPlace").loseAnswer("voidPlace");
    assertThat(read(0, 1)).isEqualTo(new Suffix.Entries(List.of(new Voided(new Sequence(1)))));
  }

  @Test
  void givesUpWhenVoidingIsNeverAnswered() {
    fixture.hole();
    for (int i = 0; i < 6; i++) {
      fixture.wire.loseRequest("voidPlace");
    }
    assertThatThrownBy(() -> read(0, 1)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void saysThatTheCollectionIsGone() {
    fixture.hole();
    fixture.log.drop(COLLECTION);
    assertThatThrownBy(() -> read(0, 1))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("Collection [00000000-0000-0007-0000-000000000007] does not exist.");
  }

  private Suffix read(long after, long upTo) {
    return fixture.reader.readThrough(COLLECTION, new Sequence(after), new Sequence(upTo));
  }

  private void place(long first, long last) {
    for (long n = first; n <= last; n++) {
      assertThat(fixture.hole()).isEqualTo(new Sequence(n));
      fixture.log.place(COLLECTION, fixture.entry(new Sequence(n)));
    }
    assertThat(fixture.log.read(COLLECTION)).isPresent();
  }

  private LogEntry entry(long place) {
    return fixture.entry(new Sequence(place));
  }

  private HeadAndTip headAndTip(Tip tip) {
    return new HeadAndTip(fixture.log.read(COLLECTION).orElseThrow().head(), tip);
  }

  private static List<Long> places(Suffix suffix) {
    return ((Suffix.Entries) suffix)
        .entries().stream().map(entry -> entry.sequence().value()).toList();
  }
}
