package dev.siltstone.operations.command;

import dev.siltstone.gc.CollectionMode;
import dev.siltstone.identity.Sequence;
import org.jspecify.annotations.Nullable;

/** Something that a person asks of a store; names are those of the command line. */
public sealed interface OperationCommand {
  /** Fold what is in the log now, and merge what is due. */
  record Compact(CollectionReference collection) implements OperationCommand {}

  /** Compact every collection that has something to fold. */
  record Sweep() implements OperationCommand {}

  /** Where a collection stands. */
  record Stats(CollectionReference collection) implements OperationCommand {}

  /**
   * Prove from the stored files that snapshots are what their manifests say.
   *
   * @param snapshot one that is retained; null means the newest
   * @param which of them
   * @param recallSeed the seed with which to measure what their indexes find, too; null to leave
   *     that out
   */
  record Verify(
      CollectionReference collection,
      @Nullable String snapshot,
      Extent which,
      @Nullable Long recallSeed)
      implements OperationCommand {
    /** Which snapshots are read. */
    public enum Extent {
      /** The one that is named, or the newest. */
      ONE,
      /** The newest and all retained ones. */
      ALL
    }
  }

  /** Which versions can be read. */
  record Snapshots(CollectionReference collection) implements OperationCommand {}

  /** Make the content of a retained snapshot current again. */
  record RollBack(CollectionReference collection, String to) implements OperationCommand {}

  /** Delete what nobody needs. */
  record CollectGarbage(@Nullable CollectionReference collection, CollectionMode mode)
      implements OperationCommand {}

  /**
   * What has become of a write.
   *
   * @param write its sequence or its delta's id
   */
  record Receipt(CollectionReference collection, String write) implements OperationCommand {}

  /** What was set aside. */
  record QuarantineList(CollectionReference collection) implements OperationCommand {}

  /**
   * Write a delta that was set aside once more.
   *
   * @param repaired a mended file; null means the stored bytes, decoded by this version
   */
  record QuarantineRetry(
      CollectionReference collection, Sequence sequence, @Nullable RepairedDelta repaired)
      implements OperationCommand {}
}
