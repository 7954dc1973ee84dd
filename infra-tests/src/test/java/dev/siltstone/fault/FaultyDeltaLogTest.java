package dev.siltstone.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Collection;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.contract.Fresh;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.LogEntry.Voided;
import dev.siltstone.log.PlaceResult.Placed;
import dev.siltstone.log.PlaceResult.TakenByVoid;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.log.VoidResult.Filled;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults of a commit, one by one, and what the log looks like after each. */
final class FaultyDeltaLogTest {
  @TempDir Path folder;

  private final Faults faults = Faults.scripted();
  private EmbeddedFamily family;
  private FaultyDeltaLog log;
  private CollectionId collection;

  @BeforeEach
  void open() {
    family = new EmbeddedFamily(folder);
    log = new FaultyDeltaLog(family.log(), faults);
    var home = family.catalog().database(TenantName.DEFAULT, DatabaseName.DEFAULT).orElseThrow();
    Collection created =
        family.catalog().createCollection(Fresh.collection(home, Fresh.collectionName()));
    collection = created.id();
  }

  @AfterEach
  void close() {
    family.close();
  }

  @Test
  void leavesAHoleWhenTheAnswerOfAReservationIsLost() {
    faults.next("reserve", Fault.LOST_ANSWER);

    assertThatThrownBy(() -> log.reserve(collection, Fresh.deltaId(), null))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(lastReserved()).isEqualTo(new Sequence(1));
    assertThat(log.reserve(collection, Fresh.deltaId(), null))
        .isInstanceOfSatisfying(
            Reserved.class, next -> assertThat(next.place()).isEqualTo(new Sequence(2)));
    assertThat(log.voidPlace(collection, new Sequence(1)))
        .isEqualTo(new Filled(new Voided(new Sequence(1))));
  }

  @Test
  void leavesNoHoleWhenAReservationIsThrottledOrNeverArrives() {
    faults.next("reserve", Fault.THROTTLED, Fault.CONFLICT, Fault.LOST_REQUEST);

    for (Class<?> expected :
        new Class<?>[] {
          UnavailableException.class, UnavailableException.class, OutcomeUnknownException.class
        }) {
      assertThatThrownBy(() -> log.reserve(collection, Fresh.deltaId(), null))
          .isInstanceOf(expected);
    }

    assertThat(lastReserved()).isEqualTo(Sequence.ZERO);
  }

  @Test
  void findsItsOwnEntryWhenTheAnswerOfAPlaceWasLost() {
    Committed entry = reserved();
    faults.next("place", Fault.LOST_ANSWER);

    assertThatThrownBy(() -> log.place(collection, entry))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(log.readPlace(collection, entry.sequence())).contains(entry);
    assertThat(log.place(collection, entry)).isEqualTo(new Placed());
  }

  @Test
  void cannotPlaceLateWhatWasVoidedMeanwhile() {
    Committed entry = reserved();
    faults.next("place", Fault.LATE);
    assertThatThrownBy(() -> log.place(collection, entry))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(log.voidPlace(collection, entry.sequence()))
        .isEqualTo(new Filled(new Voided(entry.sequence())));

    faults.deliverLate();

    assertThat(log.readPlace(collection, entry.sequence())).contains(new Voided(entry.sequence()));
    assertThat(log.place(collection, entry)).isEqualTo(new TakenByVoid());
  }

  @Test
  void hidesNothingFromReadersThatAreThrottledOnce() {
    Committed entry = reserved();
    log.place(collection, entry);
    faults.next("readAfter", Fault.THROTTLED);

    assertThatThrownBy(() -> log.readAfter(collection, Sequence.ZERO, 10))
        .isInstanceOf(UnavailableException.class);

    assertThat(log.readAfter(collection, Sequence.ZERO, 10)).containsExactly(entry);
  }

  @Test
  void refusesAScriptThatMakesNoSense() {
    faults.next("reserve", Fault.MET_ITSELF);

    assertThatThrownBy(() -> log.reserve(collection, Fresh.deltaId(), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Sequence lastReserved() {
    return family.log().read(collection).orElseThrow().head().lastReserved();
  }

  private Committed reserved() {
    DeltaId delta = Fresh.deltaId();
    Sequence place = ((Reserved) log.reserve(collection, delta, null)).place();
    return new Committed(
        place, delta, ObjectLayout.delta(collection, delta), 1, 10, Checksum.of(new byte[1]));
  }
}
