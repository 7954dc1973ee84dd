package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.LeaseStore.AcquireResult;
import dev.siltstone.lease.LeaseStore.AcquireResult.Acquired;
import dev.siltstone.lease.LeaseStore.AcquireResult.Held;
import dev.siltstone.lease.LeaseStore.Lease;
import dev.siltstone.lease.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link LeaseStore} does. */
abstract class LeaseStoreContract extends FamilyContract {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final CollectionId collection = Fresh.collectionId();

  /** A client of the store under test. */
  protected LeaseStore leases() {
    return families().one().leases();
  }

  /** Another client of the same store, as another process would have one. */
  protected LeaseStore otherLeases() {
    return families().two().leases();
  }

  /** How often each race is run. */
  private int rounds() {
    return rounds(100, 20);
  }

  @Test
  void givesAFreeLock() {
    assertThat(leases().read(collection)).isEmpty();

    Epoch epoch = acquired(leases().acquire(collection, "run 1", START, LEASE));

    assertThat(epoch).isEqualTo(new Epoch(1));
    assertThat(otherLeases().read(collection))
        .contains(new Lease("run 1", epoch, START.plus(LEASE), START, false));
  }

  @Test
  void tellsTheFirstWhoIsTurnedAwayThatItIsTheFirst() {
    Epoch epoch = acquired(leases().acquire(collection, "run 1", START, LEASE));
    Lease wanted = new Lease("run 1", epoch, START.plus(LEASE), START, true);

    assertThat(otherLeases().acquire(collection, "run 2", START, LEASE))
        .isEqualTo(new Held(wanted, true));
    assertThat(otherLeases().acquire(collection, "run 3", START, LEASE))
        .isEqualTo(new Held(wanted, false));
    assertThat(leases().read(collection)).contains(wanted);
  }

  @Test
  void turnsAwayEvenTheHoldersOwnName() {
    leases().acquire(collection, "run 1", START, LEASE);

    assertThat(leases().acquire(collection, "run 1", START, LEASE)).isInstanceOf(Held.class);
  }

  @Test
  void givesAnExpiredLockWithAHigherEpoch() {
    Epoch first = acquired(leases().acquire(collection, "run 1", START, LEASE));
    leases().acquire(collection, "wants it", START, LEASE);

    assertThat(leases().acquire(collection, "run 2", START.plus(LEASE).minusMillis(1), LEASE))
        .isInstanceOf(Held.class);
    Instant later = START.plus(LEASE);
    Epoch second = acquired(leases().acquire(collection, "run 2", later, LEASE));

    assertThat(second).isGreaterThan(first);
    assertThat(leases().read(collection))
        .contains(new Lease("run 2", second, later.plus(LEASE), later, false));
  }

  @Test
  void prolongsWithAHeartbeat() {
    Epoch epoch = acquired(leases().acquire(collection, "run 1", START, LEASE));
    leases().acquire(collection, "wants it", START, LEASE);
    Instant later = START.plusSeconds(50);

    assertThat(leases().heartbeat(collection, epoch, later, LEASE)).isTrue();

    assertThat(leases().read(collection))
        .contains(new Lease("run 1", epoch, later.plus(LEASE), later, true));
    assertThat(leases().acquire(collection, "run 2", START.plusSeconds(70), LEASE))
        .isInstanceOf(Held.class);
  }

  @Test
  void ignoresTheHeartbeatAndTheReleaseOfALostLease() {
    Epoch lost = acquired(leases().acquire(collection, "run 1", START, LEASE));
    Instant later = START.plusSeconds(61);
    Epoch current = acquired(leases().acquire(collection, "run 2", later, LEASE));

    assertThat(leases().heartbeat(collection, lost, later.plusSeconds(1), LEASE)).isFalse();
    leases().release(collection, lost);
    assertThat(leases().releaseUnlessWanted(collection, lost)).as("nothing to look at").isTrue();

    assertThat(leases().read(collection))
        .contains(new Lease("run 2", current, later.plus(LEASE), later, false));
  }

  @Test
  void keepsTheMarkOfTheNextHolderWhenALostLeaseIsReleased() {
    Epoch lost = acquired(leases().acquire(collection, "run 1", START, LEASE));
    Instant later = START.plusSeconds(61);
    leases().acquire(collection, "run 2", later, LEASE);
    leases().acquire(collection, "wants it", later, LEASE);

    leases().releaseUnlessWanted(collection, lost);

    assertThat(leases().read(collection).orElseThrow().wanted()).isTrue();
  }

  @Test
  void ignoresTheHeartbeatOfAReleasedLease() {
    Epoch epoch = acquired(leases().acquire(collection, "run 1", START, LEASE));
    leases().release(collection, epoch);

    assertThat(leases().heartbeat(collection, epoch, START, LEASE)).isFalse();
    assertThat(leases().read(collection)).isEmpty();
  }

  @Test
  void releasesWhenNobodyWantsIt() {
    Epoch first = acquired(leases().acquire(collection, "run 1", START, LEASE));

    assertThat(leases().releaseUnlessWanted(collection, first)).isTrue();

    assertThat(leases().read(collection)).isEmpty();
    Epoch second = acquired(leases().acquire(collection, "run 2", START, LEASE));
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void looksAgainBeforeReleasingWhatIsWanted() {
    Epoch epoch = acquired(leases().acquire(collection, "run 1", START, LEASE));
    leases().acquire(collection, "run 2", START, LEASE);

    assertThat(leases().releaseUnlessWanted(collection, epoch)).isFalse();

    assertThat(leases().read(collection))
        .contains(new Lease("run 1", epoch, START.plus(LEASE), START, false));
    assertThat(leases().acquire(collection, "run 3", START, LEASE))
        .as("the mark was cleared, so the next one is the first again")
        .isEqualTo(new Held(new Lease("run 1", epoch, START.plus(LEASE), START, true), true));
    assertThat(leases().releaseUnlessWanted(collection, epoch)).isFalse();
    assertThat(leases().releaseUnlessWanted(collection, epoch)).isTrue();
  }

  @Test
  void releasesWhetherWantedOrNot() {
    Epoch first = acquired(leases().acquire(collection, "run 1", START, LEASE));
    leases().acquire(collection, "run 2", START, LEASE);

    leases().release(collection, first);

    assertThat(leases().read(collection)).isEmpty();
    Epoch second = acquired(leases().acquire(collection, "run 2", START, LEASE));
    assertThat(second).isGreaterThan(first);
    assertThat(leases().read(collection).orElseThrow().wanted()).isFalse();
  }

  @Test
  void forgetsALock() {
    leases().acquire(collection, "run 1", START, LEASE);

    leases().forget(collection);
    leases().forget(collection);

    assertThat(leases().read(collection)).isEmpty();
  }

  @Test
  void keepsTheLocksOfCollectionsApart() {
    CollectionId other = Fresh.collectionId();
    Epoch epoch = acquired(leases().acquire(collection, "run 1", START, LEASE));

    Epoch otherEpoch = acquired(leases().acquire(other, "run 2", START, LEASE));
    leases().release(other, otherEpoch);

    assertThat(leases().heartbeat(collection, epoch, START, LEASE)).isTrue();
  }

  @Test
  void letsExactlyOneOfManyHoldTheLockWithAnEpochAboveAllBefore() {
    Epoch last = Epoch.ZERO;
    for (int round = 0; round < rounds(); round++) {
      Instant now = START.plusSeconds(100L * round);

      List<AcquireResult> results =
          Race.of(Race.PARTIES, i -> client(i).acquire(collection, "run " + i, now, LEASE));

      assertThat(results).filteredOn(Acquired.class::isInstance).as("round %d", round).hasSize(1);
      assertThat(results)
          .filteredOn(result -> result instanceof Held held && held.firstToWant())
          .as("round %d", round)
          .hasSize(1);
      Epoch epoch = leases().read(collection).orElseThrow().epoch();
      assertThat(epoch).isGreaterThan(last);
      last = epoch;
    }
  }

  @Test
  void neverReleasesWhatSomebodyHasJustWanted() {
    for (int round = 0; round < rounds(); round++) {
      Epoch epoch =
          acquired(leases().acquire(collection, "holder", START.plusSeconds(100L * round), LEASE));
      Instant now = START.plusSeconds(100L * round);
      AtomicReference<Boolean> released = new AtomicReference<>(false);
      AtomicReference<AcquireResult> wanted = new AtomicReference<>(new Acquired(Epoch.ZERO));

      Race.of(
          2,
          i -> {
            if (i == 0) {
              released.set(leases().releaseUnlessWanted(collection, epoch));
            } else {
              wanted.set(otherLeases().acquire(collection, "wants it", now, LEASE));
            }
            return i;
          });

      // Either the wish came first and the holder knows, or the lock was free and is taken.
      assertThat(wanted.get() instanceof Acquired).as("round %d", round).isEqualTo(released.get());
    }
  }

  @Test
  void keepsTheRecordsOfTheLastRunsNewestFirstAndForgetsThemWithTheLock() {
    RunRecord failed = run(1, "a service did not answer");
    leases().record(collection, failed);
    assertThat(otherLeases().lastRuns(collection)).containsExactly(failed);

    for (long epoch = 2; epoch <= RunRecord.KEPT + 5; epoch++) {
      leases().record(collection, run(epoch, null));
    }
    assertThat(otherLeases().lastRuns(collection))
        .hasSize(RunRecord.KEPT)
        .startsWith(run(RunRecord.KEPT + 5, null), run(RunRecord.KEPT + 4, null))
        .endsWith(run(6, null));
    assertThat(leases().read(collection)).isEmpty();

    leases().forget(collection);
    assertThat(leases().lastRuns(collection)).isEmpty();
  }

  private static RunRecord run(long epoch, @Nullable String failure) {
    return new RunRecord(
        new Epoch(epoch),
        "run " + epoch,
        START.plusSeconds(epoch),
        Duration.ofMillis(1_234),
        "DRAINED",
        5,
        1,
        2,
        3,
        4_000_000_000L,
        failure);
  }

  private LeaseStore client(int number) {
    return number % 2 == 0 ? leases() : otherLeases();
  }

  private static Epoch acquired(AcquireResult result) {
    assertThat(result).isInstanceOf(Acquired.class);
    return ((Acquired) result).epoch();
  }
}
