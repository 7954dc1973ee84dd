package dev.siltstone.log;

import static dev.siltstone.log.LogFixture.COLLECTION;
import static dev.siltstone.log.LogFixture.SHAPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.LogEntry.Voided;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommitTest {
  private static final Sequence FIRST = new Sequence(1);
  private static final Sequence SECOND = new Sequence(2);

  private final LogFixture fixture = new LogFixture();

  @Test
  void putsReservesAndPlacesInThatOrder() {
    Receipt receipt = fixture.write();

    assertThat(fixture.wire.calls()).containsExactly("putIfAbsent", "reserve", "place");
    DeltaId id = fixture.stored(receipt).id();
    byte[] bytes = LogFixture.encode(id).bytes();
    ObjectKey key = ObjectLayout.delta(COLLECTION, id);
    assertThat(receipt).isEqualTo(new Receipt(FIRST, key, 1));
    assertThat(fixture.entries())
        .containsExactly(new Committed(FIRST, id, key, 1, bytes.length, Checksum.of(bytes)));
  }

  @Test
  void fixesTheShapeWithTheFirstVectors() {
    fixture.commit.commit(COLLECTION, new VectorShape(2, "f"), LogFixture::encode);
    Head head = fixture.log.read(COLLECTION).orElseThrow().head();
    assertThat(head.dimension()).isEqualTo(2);
    assertThat(head.embeddingFunction()).isEqualTo("f");
  }

  @Test
  void putsAgainWhenTheAnswerToThePutIsLost() {
    fixture.wire.loseAnswer("putIfAbsent").loseRequest("putIfAbsent");
    Receipt receipt = fixture.write();
    assertThat(fixture.wire.count("putIfAbsent")).isEqualTo(3);
    assertThat(fixture.stored(receipt).collection()).isEqualTo(COLLECTION);
    assertThat(receipt.sequence()).isEqualTo(FIRST);
  }

  @Test
  void reservesNothingWhenThePutIsNeverAnswered() {
    for (int i = 0; i < 4; i++) {
      fixture.wire.loseAnswer("putIfAbsent");
    }
    assertThatThrownBy(fixture::write)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("it is not committed");
    assertThat(fixture.wire.count("reserve")).isZero();
  }

  @Test
  void takesAnotherIdWhenItsKeyHoldsSomethingElse() {
    List<DeltaId> ids = new ArrayList<>();
    Receipt receipt =
        fixture.commit.commit(
            COLLECTION,
            SHAPE,
            id -> {
              if (ids.isEmpty()) {
                fixture.store.overwrite(ObjectLayout.delta(COLLECTION, id), new byte[1]);
              }
              ids.add(id);
              return LogFixture.encode(id);
            });
    assertThat(ids).hasSize(2).doesNotHaveDuplicates();
    assertThat(fixture.stored(receipt).id()).isEqualTo(ids.get(1));
  }

  @Test
  void leavesAHoleAndReservesAgainWhenTheAnswerToReserveIsLost() {
    fixture.wire.loseAnswer("reserve");
    assertThat(fixture.write().sequence()).isEqualTo(SECOND);
    assertThat(fixture.entries()).singleElement().extracting(LogEntry::sequence).isEqualTo(SECOND);
  }

  @Test
  void saysThatNothingIsCommittedWhenReserveIsNeverAnswered() {
    for (int i = 0; i < 6; i++) {
      fixture.wire.loseAnswer("reserve");
    }
    assertThatThrownBy(fixture::write).isInstanceOf(UnavailableException.class);
    assertThat(fixture.entries()).isEmpty();
  }

  @Test
  void placesTheSameEntryAgainWhenTheAnswerIsLost() {
    fixture.wire.loseAnswer("place").loseRequest("place");
    assertThat(fixture.write().sequence()).isEqualTo(FIRST);
    assertThat(fixture.entries()).hasSize(1);
    assertThat(fixture.wire.count("reserve")).isEqualTo(1);
  }

  @Test
  void saysThatTheOutcomeIsUnknownWhenPlaceIsNeverAnswered() {
    for (int i = 0; i < 6; i++) {
      fixture.wire.loseRequest("place");
    }
    assertThatThrownBy(fixture::write)
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("at sequence 1: it may or may not be committed");
  }

  @Test
  void staysUnknownWhenALostAnswerIsFollowedByRefusals() {
    fixture.wire.loseAnswer("place");
    for (int i = 0; i < 5; i++) {
      fixture.wire.refuse("place");
    }
    assertThatThrownBy(fixture::write).isInstanceOf(OutcomeUnknownException.class);
    assertThat(fixture.entries()).hasSize(1);
  }

  @Test
  void isCertainThatNothingIsCommittedWhenPlaceIsOnlyRefused() {
    for (int i = 0; i < 6; i++) {
      fixture.wire.refuse("place");
    }
    assertThatThrownBy(fixture::write).isInstanceOf(UnavailableException.class);
    assertThat(fixture.entries()).isEmpty();
  }

  @Test
  void reservesAgainForTheSameDeltaWhenItsPlaceWasVoided() {
    fixture.wire.before("place", () -> fixture.log.voidPlace(COLLECTION, FIRST));
    Receipt receipt = fixture.write();
    assertThat(receipt.sequence()).isEqualTo(SECOND);
    assertThat(fixture.wire.count("putIfAbsent")).isEqualTo(1);
    assertThat(fixture.entries()).hasSize(2).first().isEqualTo(new Voided(FIRST));
  }

  @Test
  void givesUpWhenItsPlacesAreVoidedAgainAndAgain() {
    for (long n = 1; n <= 8; n++) {
      Sequence place = new Sequence(n);
      fixture.wire.before("place", () -> fixture.log.voidPlace(COLLECTION, place));
    }
    assertThatThrownBy(fixture::write)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("after 8 attempts; nothing is committed");
  }

  @Test
  void putsAgainAboveTheHorizonHoweverFarAheadThatIs() {
    DeltaId tomorrow =
        new DeltaId(
            new UUID(fixture.clock.now().plusSeconds(86_400).toEpochMilli() << 16 | 0x7fff, -1));
    fixture.log.raiseOrphanHorizon(COLLECTION, tomorrow);
    Receipt receipt = fixture.write();
    assertThat(fixture.stored(receipt).id()).isGreaterThan(tomorrow);
    assertThat(fixture.wire.count("putIfAbsent")).isEqualTo(2);
    assertThat(fixture.entries()).hasSize(1);
  }

  @Test
  void reportsAQuarantineThatCameBeforeTheAnswer() {
    fixture.wire.loseAnswer("place");
    fixture.wire.before(
        "place",
        () -> {
          Committed entry = (Committed) fixture.entries().getFirst();
          fixture.log.quarantine(COLLECTION, entry, "cannot be read");
        });
    assertThatThrownBy(fixture::write)
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("has been quarantined since: cannot be read");
  }

  @Test
  void refusesAsChromaDoes() {
    fixture.write();
    assertThatThrownBy(
            () -> fixture.commit.commit(COLLECTION, new VectorShape(3, null), LogFixture::encode))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Collection expecting embedding with dimension of 2, got 3");

    fixture.log.drop(COLLECTION);
    assertThatThrownBy(fixture::write)
        .isInstanceOf(NotFoundException.class)
        .hasMessage("Collection [00000000-0000-0007-0000-000000000007] does not exist.");
  }

  @Test
  void refusesVectorsOfAnotherFunction() {
    fixture.commit.commit(COLLECTION, new VectorShape(2, "one"), LogFixture::encode);
    VectorShape other = new VectorShape(2, "two");
    assertThatThrownBy(() -> fixture.commit.commit(COLLECTION, other, LogFixture::encode))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("made by the function 'one', got embeddings made by the function")
        .hasMessageContaining("'two'");
  }

  @Test
  void decidesAFilteredDeleteOnWhatStandsBeforeItsPlace() {
    fixture.write();
    List<Sequence> places = new ArrayList<>();
    Receipt receipt =
        fixture.commit.commitAt(
            COLLECTION,
            (place, id) -> {
              places.add(place);
              return new Commit.Decision.Write(LogFixture.encode(id));
            });
    assertThat(places).containsExactly(SECOND);
    assertThat(receipt.sequence()).isEqualTo(SECOND);
    assertThat(fixture.wire.calls()).endsWith("reserve", "putIfAbsent", "place");
    assertThat(fixture.stored(receipt).id())
        .isEqualTo(((Committed) fixture.entries().getLast()).delta());
  }

  @Test
  void decidesAgainWhenThePlaceOfAFilteredDeleteIsVoided() {
    fixture.wire.before("place", () -> fixture.log.voidPlace(COLLECTION, FIRST));
    List<Sequence> places = new ArrayList<>();
    Receipt receipt =
        fixture.commit.commitAt(
            COLLECTION,
            (place, id) -> {
              places.add(place);
              return new Commit.Decision.Write(LogFixture.encode(id));
            });
    assertThat(places).containsExactly(FIRST, SECOND);
    assertThat(receipt.sequence()).isEqualTo(SECOND);
  }

  @Test
  void decidesAgainWhenTheCallerFindsThatItsPlaceIsLost() {
    Receipt receipt =
        fixture.commit.commitAt(
            COLLECTION,
            (place, _) -> {
              if (place.equals(FIRST)) {
                fixture.log.voidPlace(COLLECTION, place);
                return new Commit.Decision.PlaceLost();
              }
              return new Commit.Decision.NothingToDo();
            });
    assertThat(receipt).isEqualTo(new Receipt(SECOND, null, 0));
  }

  @Test
  void fillsAPlaceWithAVoidWhenThereIsNothingToDoThere() {
    Receipt receipt =
        fixture.commit.commitAt(COLLECTION, (_, _) -> new Commit.Decision.NothingToDo());
    assertThat(receipt).isEqualTo(new Receipt(FIRST, null, 0));
    assertThat(fixture.entries()).containsExactly(new Voided(FIRST));
  }

  @Test
  void voidsItsPlaceWhenTheDecisionFails() {
    IllegalStateException failure = new IllegalStateException("no view");
    assertThatThrownBy(() ->
            fixture.commit.commitAt(
                COLLECTION,
                (_, _) -> {
                  throw failure;
                }))
        .isSameAs(failure);
    assertThat(fixture.entries()).containsExactly(new Voided(FIRST));
  }

  @Test
  void leavesAHoleWhenTheDecisionFailsAndVoidingDoesToo() {
    fixture.wire.refuse("voidPlace");
    IllegalStateException failure = new IllegalStateException("no view");
    assertThatThrownBy(() ->
            fixture.commit.commitAt(
                COLLECTION,
                (_, _) -> {
                  throw failure;
                }))
        .isSameAs(failure);
    assertThat(fixture.entries()).isEmpty();
  }

  @Test
  void namesTheDeltaInTheReceipt() {
    Receipt receipt = fixture.write();
    assertThat(ObjectLayout.deltaId(Objects.requireNonNull(receipt.delta())))
        .contains(fixture.stored(receipt).id());
  }
}
