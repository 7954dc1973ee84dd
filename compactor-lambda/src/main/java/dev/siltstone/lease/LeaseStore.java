package dev.siltstone.lease;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The lock item of each collection. The lock saves money, it does not guard data: safety is the
 * compare-and-swap on the pointer and the epoch. Expiry is compared with the caller's clock.
 */
public interface LeaseStore {
  /** What the lock item says, for people and commands. */
  record Lease(String owner, Epoch epoch, Instant expiresAt, Instant heartbeatAt, boolean wanted) {}

  /** How an attempt to take the lock ended. */
  sealed interface AcquireResult {
    /** The lock is the caller's; the epoch is above every earlier one. */
    record Acquired(Epoch epoch) implements AcquireResult {}

    /**
     * Another holds it. {@code wanted} is set now; {@code firstToWant} is true for exactly one
     * caller of each lease, who sends the delayed notice.
     */
    record Held(Lease holder, boolean firstToWant) implements AcquireResult {}
  }

  /** Takes the lock if it is free or expired at {@code now}, else marks it wanted. */
  AcquireResult acquire(CollectionId collection, String owner, Instant now, Duration lease);

  /** Prolongs the lease if it is still held with this epoch; false if it is lost. */
  boolean heartbeat(CollectionId collection, Epoch epoch, Instant now, Duration lease);

  /**
   * Releases if held with this epoch and not wanted. False if somebody wants it: the mark is
   * cleared and the caller, who still holds the lock, looks again. True, and nothing else, if the
   * lease was lost before.
   */
  boolean releaseUnlessWanted(CollectionId collection, Epoch epoch);

  /** Releases if held with this epoch, wanted or not. The epoch is kept for the next holder. */
  void release(CollectionId collection, Epoch epoch);

  Optional<Lease> read(CollectionId collection);

  /** Keeps what a run did, in place of the run {@value RunRecord#KEPT} epochs before it. */
  void record(CollectionId collection, RunRecord run);

  /** The records kept, newest first. */
  List<RunRecord> lastRuns(CollectionId collection);

  /**
   * Sees to it that every later holder's epoch is above this one. Never lowers anything; a holder
   * with a lower epoch loses the lock.
   */
  void raiseEpoch(CollectionId collection, Epoch atLeast);

  /** Forgets the lock and the runs of a dropped and swept collection. */
  void forget(CollectionId collection);
}
