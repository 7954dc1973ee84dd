package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.LogEntry.Rollback;
import dev.siltstone.log.LogEntry.Voided;
import dev.siltstone.log.PlaceResult.Placed;
import dev.siltstone.log.PlaceResult.TakenByVoid;
import dev.siltstone.log.ReserveResult.CollectionGone;
import dev.siltstone.log.Tip;
import dev.siltstone.log.TipResult;
import dev.siltstone.log.TipResult.AlreadyThere;
import dev.siltstone.log.TipResult.Moved;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the compactor does to a {@link DeltaLog}: tip, trimming, backlog, dropped collections. */
abstract class LogUpkeepContract extends LogContract {

  @Test
  void movesTheTipOnlyToAHigherGeneration() {
    Tip second = tip(2, 5);
    assertThat(log().moveTip(collection(), second)).isEqualTo(new Moved());
    assertThat(tip()).isEqualTo(second);

    assertThat(log().moveTip(collection(), tip(1, 9))).isEqualTo(new AlreadyThere(second));
    assertThat(log().moveTip(collection(), tip(2, 9))).isEqualTo(new AlreadyThere(second));
    assertThat(log().moveTip(collection(), second)).isEqualTo(new AlreadyThere(second));
    assertThat(tip()).isEqualTo(second);

    Tip third = tip(3, 5);
    assertThat(otherLog().moveTip(collection(), third)).isEqualTo(new Moved());
    assertThat(tip()).isEqualTo(third);
  }

  @Test
  void endsAtTheHighestGenerationWhateverTheOrderOfMoves() {
    for (int r = 0; r < rounds() / 4; r++) {
      int round = r;
      List<Tip> tips = new ArrayList<>();
      for (int i = 0; i < Race.PARTIES; i++) {
        tips.add(tip(Race.PARTIES * (long) round + 1 + i, i));
      }

      List<TipResult> results =
          Race.of(Race.PARTIES, i -> client(i).moveTip(collection(), tips.get(i)));

      assertThat(tip()).as("round %d", round).isEqualTo(tips.getLast());
      assertThat(results.getLast()).isEqualTo(new Moved());
    }
  }

  @Test
  void keepsTheHeadWhenTheTipMoves() {
    commit();
    var before = head();

    log().moveTip(collection(), tip(1, 1));

    assertThat(head().lastReserved()).isEqualTo(before.lastReserved());
  }

  @Test
  void raisesTheHintOfWhatIsFoldedAndNeverLowersIt() {
    log().hintFolded(collection(), new Sequence(5));
    assertThat(head().foldedHint()).isEqualTo(new Sequence(5));

    log().hintFolded(collection(), new Sequence(4));

    assertThat(head().foldedHint()).isEqualTo(new Sequence(5));
  }

  @Test
  void trimsWhatIsFoldedAndLeavesVoidsAndQuarantined() {
    Committed first = commit();
    Voided second = new Voided(reserve(null).place());
    log().voidPlace(collection(), second.sequence());
    Committed third = commit();
    LogEntry quarantined = quarantine(third);
    Rollback fourth = rollback(reserve(null).place());
    log().place(collection(), fourth);
    Committed fifth = commit();
    log().moveTip(collection(), tip(1, 4));

    assertThat(log().trim(collection(), new Sequence(4), 100)).isEqualTo(2);

    assertThat(log().readAfter(collection(), Sequence.ZERO, 10))
        .containsExactly(second, quarantined, fifth);
    assertThat(log().place(collection(), committed(second.sequence())))
        .as("a producer that wakes up late finds its void")
        .isEqualTo(new TakenByVoid());
    assertThat(log().readPlace(collection(), first.sequence())).isEmpty();
    assertThat(log().trim(collection(), new Sequence(4), 100)).isZero();
  }

  @Test
  void trimsNoMoreAtOnceThanAskedAndNothingAboveTheMark() {
    List<LogEntry> entries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      entries.add(commit());
    }
    log().moveTip(collection(), tip(1, 10));

    assertThat(log().trim(collection(), new Sequence(7), 5)).isEqualTo(5);
    assertThat(log().readAfter(collection(), Sequence.ZERO, 20)).hasSize(5);
    assertThat(log().trim(collection(), new Sequence(7), 5)).isEqualTo(2);
    assertThat(log().trim(collection(), new Sequence(7), 5)).isZero();
    assertThat(log().readAfter(collection(), Sequence.ZERO, 20)).isEqualTo(entries.subList(7, 10));
  }

  @Test
  void neverTrimsWhatTheTipHasNotPassed() {
    Committed first = commit();
    Committed second = commit();
    log().moveTip(collection(), tip(1, 1));

    assertThat(log().trim(collection(), new Sequence(2), 100)).isEqualTo(1);

    assertThat(log().readAfter(collection(), Sequence.ZERO, 10)).containsExactly(second);
    assertThat(first.sequence()).isLessThan(second.sequence());
  }

  @Test
  void trimsNothingBeforeTheFirstPublish() {
    Committed entry = commit();

    assertThat(log().trim(collection(), entry.sequence(), 100)).isZero();

    assertThat(log().readPlace(collection(), entry.sequence())).contains(entry);
  }

  @Test
  void listsCollectionsThatMayHaveUnfoldedPlaces() {
    List<CollectionId> behind = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      CollectionId each = newCollection();
      log().reserve(each, Fresh.deltaId(), null);
      behind.add(each);
    }
    CollectionId idle = newCollection();
    CollectionId folded = behind.remove(3);
    fold(folded, 1);

    assertThat(backlog(behind.getFirst()))
        .isSorted()
        .containsAll(behind)
        .doesNotContain(idle, folded);
  }

  @Test
  void keepsListingACollectionThatIsFoldedInPart() {
    log().reserve(collection(), Fresh.deltaId(), null);
    log().reserve(collection(), Fresh.deltaId(), null);

    fold(collection(), 1);
    assertThat(backlog(collection())).contains(collection());

    log().moveTip(collection(), tip(2, 2));
    log().hintFolded(collection(), new Sequence(2));
    assertThat(backlog(collection())).doesNotContain(collection());

    log().reserve(collection(), Fresh.deltaId(), null);
    assertThat(backlog(collection())).contains(collection());
  }

  @Test
  void refusesWhatComesAfterACollectionWasDropped() {
    log().reserve(collection(), Fresh.deltaId(), null);
    Sequence late = reserve(null).place();
    catalog().dropCollection(collection());

    assertThat(log().read(collection())).isEmpty();
    assertThat(log().reserve(collection(), Fresh.deltaId(), null)).isEqualTo(new CollectionGone());
    assertThat(log().raiseOrphanHorizon(collection(), Fresh.deltaId())).isEmpty();
    assertThat(log().moveTip(collection(), tip(1, 1))).isEqualTo(new TipResult.CollectionGone());
    log().hintFolded(collection(), new Sequence(1));
    assertThat(log().read(collection())).as("no hint brings it back").isEmpty();
    assertThat(backlog(collection())).doesNotContain(collection());
    // A place that was reserved before may still be filled: nobody reads it, and it is swept.
    assertThat(log().place(collection(), committed(late))).isEqualTo(new Placed());
    assertThat(log().read(collection())).isEmpty();
  }

  @Test
  void sweepsWhatADroppedCollectionLeft() {
    for (int i = 0; i < 5; i++) {
      commit();
    }
    log().voidPlace(collection(), reserve(null).place());
    log().moveTip(collection(), tip(1, 3));
    catalog().dropCollection(collection());

    assertThat(log().sweepDropped(collection(), 2)).isPositive().isLessThanOrEqualTo(2);
    for (int calls = 0; log().sweepDropped(collection(), 2) > 0; calls++) {
      assertThat(calls).isLessThan(10);
    }

    assertThat(log().readAfter(collection(), Sequence.ZERO, 10)).isEmpty();
    assertThat(log().moveTip(collection(), tip(2, 5))).isEqualTo(new TipResult.CollectionGone());
  }

  @Test
  void sweepsNothingOfALivingCollection() {
    Committed entry = commit();
    Tip tip = tip(1, 0);
    log().moveTip(collection(), tip);

    assertThat(log().sweepDropped(collection(), 10)).isZero();

    assertThat(log().readPlace(collection(), entry.sequence())).contains(entry);
    assertThat(tip()).isEqualTo(tip);
  }

  private void fold(CollectionId folded, long upTo) {
    log().moveTip(folded, tip(folded, 1, upTo));
    log().hintFolded(folded, new Sequence(upTo));
  }

  private Tip tip() {
    return otherLog().read(collection()).orElseThrow().tip();
  }

  private LogEntry quarantine(Committed entry) {
    log().quarantine(collection(), entry, "bad");
    return log().readPlace(collection(), entry.sequence()).orElseThrow();
  }

  private static Rollback rollback(Sequence place) {
    CollectionId any = Fresh.collectionId();
    return new Rollback(place, Fresh.deltaId(), generation(1), manifest(any, generation(1)));
  }

  /** The whole backlog from {@code first} on, three at a time. */
  private List<CollectionId> backlog(CollectionId first) {
    CollectionId before =
        new CollectionId(
            new UUID(
                first.value().getMostSignificantBits(),
                first.value().getLeastSignificantBits() - 1));
    List<CollectionId> all = new ArrayList<>();
    for (List<CollectionId> page = log().backlogAfter(before, 3);
        !page.isEmpty();
        page = log().backlogAfter(all.getLast(), 3)) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      all.addAll(page);
    }
    return all;
  }

  private DeltaLog client(int number) {
    return number % 2 == 0 ? log() : otherLog();
  }
}
