package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.identity.OperationId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.OncePlaced;
import dev.siltstone.log.OncePlaced.Repeated;
import dev.siltstone.log.OncePlaced.Settled;
import dev.siltstone.log.OperationMarks;
import dev.siltstone.log.PlaceResult.Placed;
import dev.siltstone.log.PlaceResult.TakenByVoid;
import dev.siltstone.log.ReserveResult.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Places of a log that are filled with writes which may arrive again. */
abstract class OnceContract extends LogContract {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(21));
  private static final Settled PLACED = new Settled(new Placed());

  @Test
  void fillsThePlaceAndRemembersTheIds() {
    Committed entry = committed(reserve(null).place());

    assertThat(place(entry, "a", "b")).isEqualTo(PLACED);

    assertThat(otherLog().readPlace(collection(), entry.sequence())).contains(entry);
    assertThat(place(committed(reserve(null).place()), "c", "b", "a"))
        .isEqualTo(new Repeated(ids("a", "b")));
    assertThat(log().readPlace(collection(), new Sequence(2))).isEmpty();
    assertThat(place(committed(new Sequence(2)), "c")).isEqualTo(PLACED);
  }

  @Test
  void recognisesItsOwnEntry() {
    Committed entry = committed(reserve(null).place());
    place(entry, "a");

    assertThat(place(entry, "a")).isEqualTo(PLACED);
  }

  @Test
  void remembersNoIdsWhereThePlaceWasVoided() {
    Sequence place = reserve(null).place();
    log().voidPlace(collection(), place);

    assertThat(place(committed(place), "a")).isEqualTo(new Settled(new TakenByVoid()));
    assertThat(place(committed(reserve(null).place()), "a")).isEqualTo(PLACED);
  }

  @Test
  void remembersAfterTheEntryIsTrimmed() {
    Committed entry = committed(reserve(null).place());
    place(entry, "a");
    log().moveTip(collection(), tip(1, 1));
    assertThat(log().trim(collection(), new Sequence(1), 10)).isEqualTo(1);

    assertThat(place(entry, "a")).isEqualTo(new Repeated(ids("a")));
    assertThat(place(committed(reserve(null).place()), "a")).isEqualTo(new Repeated(ids("a")));
  }

  @Test
  void keepsTheIdsOfCollectionsApart() {
    place(committed(reserve(null).place()), "a");
    var other = newCollection();
    var reserved = log().reserve(other, Fresh.deltaId(), null);

    assertThat(reserved).isInstanceOf(Reserved.class);
    assertThat(log().placeOnce(other, committed(new Sequence(1)), marks(ids("a"))))
        .isEqualTo(PLACED);
  }

  @Test
  void takesAsManyIdsAsADeltaMayHave() {
    String[] many =
        IntStream.range(0, OperationMarks.MOST).mapToObj(Integer::toString).toArray(String[]::new);

    assertThat(place(committed(reserve(null).place()), many)).isEqualTo(PLACED);
    assertThat(place(committed(reserve(null).place()), many)).isEqualTo(new Repeated(ids(many)));
  }

  @Test
  void letsOneOfManyApplyAWrite() {
    for (int round = 0; round < rounds() / 4; round++) {
      String id = "round" + round;
      List<OncePlaced> results =
          Race.of(
              Race.PARTIES,
              i -> {
                var log = i % 2 == 0 ? log() : otherLog();
                return log.placeOnce(
                    collection(), committed(reserve(null).place()), marks(ids(id, id + "-" + i)));
              });

      assertThat(results).containsOnlyOnce(PLACED);
      assertThat(new HashSet<>(results)).isEqualTo(Set.of(PLACED, new Repeated(ids(id))));
    }
  }

  private OncePlaced place(Committed entry, String... ids) {
    return log().placeOnce(collection(), entry, marks(ids(ids)));
  }

  private static OperationMarks marks(Set<OperationId> ids) {
    return new OperationMarks(ids, NOW, UNTIL);
  }

  private static Set<OperationId> ids(String... names) {
    Set<OperationId> ids = new HashSet<>();
    for (String name : names) {
      ids.add(new OperationId(name));
    }
    return ids;
  }
}
