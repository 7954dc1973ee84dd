package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.LogEntry.Quarantined;
import dev.siltstone.log.LogEntry.Rollback;
import dev.siltstone.log.LogEntry.Voided;
import dev.siltstone.log.PlaceResult;
import dev.siltstone.log.PlaceResult.Placed;
import dev.siltstone.log.PlaceResult.QuarantinedMeanwhile;
import dev.siltstone.log.PlaceResult.TakenByVoid;
import dev.siltstone.log.QuarantineResult;
import dev.siltstone.log.QuarantineResult.Verdict;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.log.ReserveResult.BelowHorizon;
import dev.siltstone.log.ReserveResult.CollectionGone;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.log.ReserveResult.ShapeDiffers;
import dev.siltstone.log.Tip;
import dev.siltstone.log.TipResult;
import dev.siltstone.log.VectorShape;
import dev.siltstone.log.VoidResult.Filled;
import dev.siltstone.log.VoidResult.TipHasPassed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Places of a {@link DeltaLog}: reserved, filled, voided, quarantined. */
abstract class DeltaLogContract extends LogContract {

  @Test
  void startsEmpty() {
    assertThat(log().read(collection()))
        .contains(
            new HeadAndTip(new Head(Sequence.ZERO, 0, null, null, Sequence.ZERO, 0), Tip.NONE));
    assertThat(log().readAfter(collection(), Sequence.ZERO, 10)).isEmpty();
    assertThat(log().readPlace(collection(), new Sequence(1))).isEmpty();
  }

  @Test
  void hasNoLogForACollectionThatWasNeverCreated() {
    CollectionId unknown = Fresh.collectionId();

    assertThat(log().read(unknown)).isEmpty();
    assertThat(log().reserve(unknown, Fresh.deltaId(), null)).isEqualTo(new CollectionGone());
    assertThat(log().raiseOrphanHorizon(unknown, Fresh.deltaId())).isEmpty();
    assertThat(log().moveTip(unknown, tip(unknown, 1, 0)))
        .isEqualTo(new TipResult.CollectionGone());
    log().hintFolded(unknown, new Sequence(1));
    assertThat(log().read(unknown)).isEmpty();
  }

  @Test
  void handsOutPlacesOneAfterAnother() {
    for (long expected = 1; expected <= 3; expected++) {
      Reserved reserved = reserve(null);

      assertThat(reserved.place()).isEqualTo(new Sequence(expected));
      assertThat(reserved.head().lastReserved()).isEqualTo(reserved.place());
      assertThat(head()).isEqualTo(reserved.head());
    }
  }

  @Test
  void handsOutEachPlaceOnce() {
    List<Sequence> places =
        Race.of(
                Race.PARTIES,
                i -> {
                  List<Sequence> mine = new ArrayList<>();
                  for (int round = 0; round < rounds() / 4; round++) {
                    var result = client(i).reserve(collection(), Fresh.deltaId(), null);
                    mine.add(((Reserved) result).place());
                  }
                  assertThat(mine).isSorted();
                  return mine;
                })
            .stream()
            .flatMap(List::stream)
            .toList();

    assertThat(places)
        .containsExactlyInAnyOrderElementsOf(sequences(1, (long) Race.PARTIES * (rounds() / 4)));
    assertThat(head().lastReserved().value()).isEqualTo(places.size());
  }

  @Test
  void fixesTheDimensionWithTheFirstVectors() {
    reserve(null);
    assertThat(head().dimension()).isZero();
    reserve(new VectorShape(384, null));
    assertThat(head().dimension()).isEqualTo(384);

    assertThat(log().reserve(collection(), Fresh.deltaId(), new VectorShape(385, null)))
        .isEqualTo(new ShapeDiffers(new VectorShape(384, null)));

    assertThat(head().lastReserved()).as("nothing is reserved").isEqualTo(new Sequence(2));
    assertThat(reserve(new VectorShape(384, null)).place()).isEqualTo(new Sequence(3));
    assertThat(reserve(null).place()).isEqualTo(new Sequence(4));
  }

  @Test
  void fixesTheEmbeddingFunctionWithTheFirstVectorsThatNameOne() {
    reserve(new VectorShape(384, null));
    assertThat(head().embeddingFunction()).isNull();
    reserve(new VectorShape(384, "minilm"));
    assertThat(head().embeddingFunction()).isEqualTo("minilm");

    assertThat(log().reserve(collection(), Fresh.deltaId(), new VectorShape(384, "other")))
        .isEqualTo(new ShapeDiffers(new VectorShape(384, "minilm")));

    assertThat(reserve(new VectorShape(384, null)).head().embeddingFunction()).isEqualTo("minilm");
    assertThat(reserve(new VectorShape(384, "minilm")).place()).isEqualTo(new Sequence(4));
  }

  @Test
  void fixesNothingWhenTheDimensionDiffers() {
    reserve(new VectorShape(384, null));

    log().reserve(collection(), Fresh.deltaId(), new VectorShape(3, "minilm"));

    assertThat(head().embeddingFunction()).isNull();
  }

  @Test
  void letsOneOfManyFixTheDimension() {
    for (int round = 0; round < rounds() / 4; round++) {
      CollectionId collection = newCollection();

      List<ReserveResult> results =
          Race.of(
              Race.PARTIES,
              i ->
                  client(i).reserve(collection, Fresh.deltaId(), new VectorShape(1 + i % 4, null)));

      int dimension = log().read(collection).orElseThrow().head().dimension();
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i))
            .as("round %d, dimension %d of %d", round, 1 + i % 4, dimension)
            .isInstanceOf(1 + i % 4 == dimension ? Reserved.class : ShapeDiffers.class);
      }
      assertThat(log().read(collection).orElseThrow().head().lastReserved())
          .isEqualTo(new Sequence(4));
    }
  }

  @Test
  void refusesDeltasThatAreNotAboveTheHorizon() {
    DeltaId old = Fresh.deltaId();
    DeltaId horizon = Fresh.deltaId();
    DeltaId young = Fresh.deltaId();

    Head raised = log().raiseOrphanHorizon(collection(), horizon).orElseThrow();

    assertThat(raised).isEqualTo(head());
    assertThat(raised.orphanHorizon()).isEqualTo(horizon);
    assertThat(log().reserve(collection(), old, null)).isEqualTo(new BelowHorizon(horizon));
    assertThat(log().reserve(collection(), horizon, null)).isEqualTo(new BelowHorizon(horizon));
    assertThat(head().lastReserved()).isEqualTo(Sequence.ZERO);
    assertThat(log().reserve(collection(), young, null)).isInstanceOf(Reserved.class);
  }

  @Test
  void neverLowersTheHorizon() {
    DeltaId low = Fresh.deltaId();
    DeltaId high = Fresh.deltaId();
    log().raiseOrphanHorizon(collection(), high);

    Head head = log().raiseOrphanHorizon(collection(), low).orElseThrow();

    assertThat(head.orphanHorizon()).isEqualTo(high);
    assertThat(head()).isEqualTo(head);
  }

  @Test
  void fillsAPlace() {
    Committed entry = committed(reserve(null).place());

    assertThat(log().place(collection(), entry)).isEqualTo(new Placed());

    assertThat(otherLog().readPlace(collection(), entry.sequence())).contains(entry);
    assertThat(otherLog().readAfter(collection(), Sequence.ZERO, 10)).containsExactly(entry);
  }

  @Test
  void fillsAPlaceWithARollback() {
    Sequence place = reserve(null).place();
    Rollback entry =
        new Rollback(place, Fresh.deltaId(), generation(7), manifest(collection(), generation(7)));

    assertThat(log().place(collection(), entry)).isEqualTo(new Placed());
    assertThat(log().place(collection(), entry)).isEqualTo(new Placed());

    assertThat(log().readPlace(collection(), place)).contains(entry);
    assertThatThrownBy(() -> log().place(collection(), committed(place)))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void agreesWhenTheSameEntryIsPlacedAgain() {
    Committed entry = committed(reserve(null).place());
    log().place(collection(), entry);

    assertThat(otherLog().place(collection(), entry)).isEqualTo(new Placed());

    assertThat(log().readAfter(collection(), Sequence.ZERO, 10)).containsExactly(entry);
  }

  @Test
  void alarmsWhenAnotherWritersEntryStandsInThePlace() {
    Committed entry = committed(reserve(null).place());
    log().place(collection(), entry);

    assertThatThrownBy(() -> log().place(collection(), committed(entry.sequence())))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining(entry.sequence().toString());
    assertThat(log().readPlace(collection(), entry.sequence())).contains(entry);
  }

  @Test
  void alarmsWhenAnotherWritersQuarantinedEntryStandsInThePlace() {
    Committed entry = committed(reserve(null).place());
    log().place(collection(), entry);
    log().quarantine(collection(), entry, "bad");

    assertThatThrownBy(() -> log().place(collection(), committed(entry.sequence())))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void placesOnlyCommittedAndRollbackEntries() {
    Committed entry = committed(reserve(null).place());

    assertThatThrownBy(() -> log().place(collection(), new Voided(entry.sequence())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log().place(collection(), quarantined(entry, "bad")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(log().readPlace(collection(), entry.sequence())).isEmpty();
  }

  @Test
  void voidsAnEmptyPlaceForGood() {
    Sequence place = reserve(null).place();

    assertThat(log().voidPlace(collection(), place)).isEqualTo(new Filled(new Voided(place)));
    assertThat(otherLog().voidPlace(collection(), place)).isEqualTo(new Filled(new Voided(place)));

    assertThat(log().place(collection(), committed(place))).isEqualTo(new TakenByVoid());
    assertThat(log().readPlace(collection(), place)).contains(new Voided(place));
  }

  @Test
  void voidsNothingThatIsFilled() {
    Committed entry = committed(reserve(null).place());
    log().place(collection(), entry);

    assertThat(log().voidPlace(collection(), entry.sequence())).isEqualTo(new Filled(entry));

    assertThat(log().readPlace(collection(), entry.sequence())).contains(entry);
  }

  @Test
  void refusesToVoidWhatTheTipHasPassed() {
    reserve(null);
    reserve(null);
    Sequence third = reserve(null).place();
    log().moveTip(collection(), tip(1, 2));

    assertThat(log().voidPlace(collection(), new Sequence(1))).isEqualTo(new TipHasPassed());
    assertThat(log().voidPlace(collection(), new Sequence(2))).isEqualTo(new TipHasPassed());

    assertThat(log().readAfter(collection(), Sequence.ZERO, 10)).isEmpty();
    assertThat(log().voidPlace(collection(), third)).isEqualTo(new Filled(new Voided(third)));
  }

  @Test
  void fillsEachPlaceOnceWhenWritersAndVoidersRace() {
    for (int round = 0; round < rounds(); round++) {
      Committed entry = committed(reserve(null).place());
      AtomicReference<PlaceResult> placed = new AtomicReference<>(new TakenByVoid());

      List<LogEntry> seen =
          Race.of(
              4,
              i -> {
                if (i == 0) {
                  placed.set(client(i).place(collection(), entry));
                  return log().readPlace(collection(), entry.sequence()).orElseThrow();
                }
                return ((Filled) client(i).voidPlace(collection(), entry.sequence())).entry();
              });

      LogEntry stands = placed.get() instanceof Placed ? entry : new Voided(entry.sequence());
      assertThat(seen).as("round %d", round).containsOnly(stands);
    }
  }

  @Test
  void letsOneOfManyWritersFillAPlace() {
    for (int round = 0; round < rounds() / 4; round++) {
      Sequence place = reserve(null).place();
      List<Committed> entries = new ArrayList<>();
      for (int i = 0; i < Race.PARTIES; i++) {
        entries.add(committed(place));
      }

      List<Boolean> won =
          Race.of(
              Race.PARTIES,
              i -> {
                try {
                  return client(i).place(collection(), entries.get(i)) instanceof Placed;
                } catch (CorruptDataException e) {
                  return false;
                }
              });

      assertThat(won).as("round %d", round).containsOnlyOnce(true);
      assertThat(log().readPlace(collection(), place)).contains(entries.get(won.indexOf(true)));
    }
  }

  /** Nobody may void a place and also find that the tip passed it while it was empty. */
  @Test
  void voidsAndMovesOfTheTipExcludeEachOther() {
    for (int round = 1; round <= rounds(); round++) {
      Sequence place = reserve(null).place();
      Tip next = tip(round, place.value());

      List<Boolean> voided =
          Race.of(
              3,
              i -> {
                if (i == 0) {
                  log().moveTip(collection(), next);
                  return false;
                }
                return client(i).voidPlace(collection(), place) instanceof Filled;
              });

      assertThat(log().readPlace(collection(), place).isPresent())
          .as("round %d", round)
          .isEqualTo(voided.contains(true));
      assertThat(log().voidPlace(collection(), place))
          .isInstanceOfAny(TipHasPassed.class, Filled.class);
    }
  }

  @Test
  void quarantinesACommittedEntry() {
    Committed entry = committed(reserve(null).place());
    log().place(collection(), entry);

    assertThat(log().quarantine(collection(), entry, "not SQLite"))
        .isEqualTo(new Verdict(quarantined(entry, "not SQLite")));

    assertThat(otherLog().readPlace(collection(), entry.sequence()))
        .contains(quarantined(entry, "not SQLite"));
    assertThat(log().place(collection(), entry)).isEqualTo(new QuarantinedMeanwhile("not SQLite"));
  }

  @Test
  void keepsTheFirstReasonOfAQuarantine() {
    Committed entry = committed(reserve(null).place());
    log().place(collection(), entry);
    log().quarantine(collection(), entry, "first");

    assertThat(otherLog().quarantine(collection(), entry, "second"))
        .isEqualTo(new Verdict(quarantined(entry, "first")));
    assertThat(log().readPlace(collection(), entry.sequence()))
        .contains(quarantined(entry, "first"));
  }

  @Test
  void reachesOneVerdictWhenManyQuarantine() {
    for (int round = 0; round < rounds() / 4; round++) {
      Committed entry = committed(reserve(null).place());
      log().place(collection(), entry);

      List<QuarantineResult> results =
          Race.of(Race.PARTIES, i -> client(i).quarantine(collection(), entry, "reason of " + i));

      LogEntry stands = log().readPlace(collection(), entry.sequence()).orElseThrow();
      assertThat(results).as("round %d", round).containsOnly(new Verdict((Quarantined) stands));
    }
  }

  @Test
  void refusesToQuarantineWhatTheTipHasPassed() {
    Committed entry = committed(reserve(null).place());
    log().place(collection(), entry);
    log().moveTip(collection(), tip(1, 1));

    assertThat(log().quarantine(collection(), entry, "too late"))
        .isEqualTo(new QuarantineResult.TipHasPassed());
    assertThat(log().readPlace(collection(), entry.sequence())).contains(entry);
  }

  @Test
  void refusesToQuarantineWhatIsNotTheEntry() {
    Committed entry = committed(reserve(null).place());
    Committed empty = committed(reserve(null).place());
    log().place(collection(), entry);

    assertThatThrownBy(
            () -> log().quarantine(collection(), committed(entry.sequence()), "another's"))
        .isInstanceOf(CorruptDataException.class);
    assertThatThrownBy(() -> log().quarantine(collection(), empty, "never placed"))
        .isInstanceOf(CorruptDataException.class);
    assertThat(log().readPlace(collection(), entry.sequence())).contains(entry);
    assertThat(log().readPlace(collection(), empty.sequence())).isEmpty();
  }

  @Test
  void readsInOrderPageByPageWithGaps() {
    List<LogEntry> entries = new ArrayList<>();
    List<Sequence> reserved = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      reserved.add(reserve(null).place());
    }
    for (int i : new int[] {11, 3, 0, 7, 1, 9, 10}) {
      entries.add(committed(reserved.get(i)));
      log().place(collection(), entries.getLast());
    }
    entries.add(((Filled) log().voidPlace(collection(), reserved.get(5))).entry());
    entries.sort(Comparator.comparing(LogEntry::sequence));

    List<LogEntry> read = new ArrayList<>();
    for (List<LogEntry> page = otherLog().readAfter(collection(), Sequence.ZERO, 3);
        !page.isEmpty();
        page = otherLog().readAfter(collection(), read.getLast().sequence(), 3)) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      read.addAll(page);
    }

    assertThat(read).isEqualTo(entries);
    assertThat(log().readAfter(collection(), new Sequence(12), 10)).isEmpty();
  }

  private static List<Sequence> sequences(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Sequence::new).toList();
  }

  private static Quarantined quarantined(Committed entry, String reason) {
    return new Quarantined(
        entry.sequence(),
        entry.delta(),
        entry.key(),
        entry.count(),
        entry.bytes(),
        entry.checksum(),
        Objects.requireNonNull(reason));
  }

  private DeltaLog client(int number) {
    return number % 2 == 0 ? log() : otherLog();
  }
}
