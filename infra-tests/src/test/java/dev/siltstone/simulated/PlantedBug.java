package dev.siltstone.simulated;

import dev.siltstone.log.memory.MemoryDeltaLog;
import dev.siltstone.storage.memory.MemoryObjectStore;
import java.nio.file.Path;

/**
 * What the code would be without one of its rules. Each is planted between a process and the
 * services, so that the code under test is the one that ships.
 */
enum PlantedBug {
  NONE,
  /** The pointer is put whatever stands there. */
  UNCONDITIONAL_POINTER_PUT,
  /** A swap with an unknown outcome is taken for lost, and the run deletes its files. */
  CLEANS_AFTER_UNKNOWN_SWAP,
  /** A swap with an unknown outcome is taken for won. */
  TAKES_UNKNOWN_SWAP_FOR_WON,
  /** A file that could not be stored does not keep its manifest from being published. */
  PUBLISHES_BEFORE_FILES_ARE_STORED,
  /** The tip moves to a higher folded sequence instead of a higher generation. */
  TIP_BY_FOLDED_SEQUENCE,
  /** The log is read on behind a hole. */
  READS_PAST_HOLES,
  /** A hole is voided without the check that the tip has not passed it. */
  VOIDS_WITHOUT_TIP_CHECK,
  /** Trimming takes voids too. */
  TRIMS_VOIDS,
  /** Entries are trimmed once they are published, before the tip has moved. */
  TRIMS_BEFORE_TIP_MOVES,
  /** The tail begins one place too early, and so ends one too early. */
  TAIL_FROM_WRONG_START,
  /** Poison is skipped without a verdict in the log. */
  POISON_WITHOUT_VERDICT,
  /** A writer does not look at what its place holds. */
  IGNORES_VOIDED_PLACE,
  /** A writer whose placing has no known outcome tries another place. */
  PLACES_ELSEWHERE_AFTER_UNKNOWN,
  /** A strong read is content with the head and tip of a moment ago. */
  STRONG_READ_OF_REMEMBERED_HEAD,
  /** The collector deletes without a pointer of its own. */
  COLLECTOR_WITHOUT_FENCE,
  /** The collector's fence does not carry its epoch. */
  COLLECTOR_WITHOUT_EPOCH,
  /** The collector deletes what nobody names, whatever epoch its key carries. */
  FILE_KEYS_WITHOUT_EPOCH,
  /** A rollback is placed without pinning its target. */
  ROLLBACK_WITHOUT_PIN,
  /** A rollback is placed wherever its place is, also beyond its pin. */
  ROLLBACK_BEYOND_ITS_PIN,
  /** A delta that was set aside is written again at the place that it had. */
  RETRIES_AT_THE_OLD_PLACE,
  /** Deltas at or below the orphan horizon still get places. */
  FORGETS_THE_HORIZON,
  /** The ids of queued writes are put down after their place, in a step of its own. */
  IDS_AFTER_THE_PLACE,
  /** A delta of queued writes is placed whether or not their ids are there. */
  IGNORES_REPEATED_IDS,
  /** A placing of queued writes whose outcome is unknown is taken for done. */
  TAKES_UNKNOWN_PLACING_FOR_DONE,
  /** Messages are deleted before what they ask for is committed. */
  DELETES_QUEUED_WRITES_FIRST,
  /** A download gets its final name before it is verified, and under that name is trusted. */
  CACHE_NAMED_BEFORE_VERIFIED,
  /** A file that was verified once is opened again without being compared. */
  CACHE_TRUSTED_ONCE_VERIFIED;

  /**
   * What a process sees that has this bug.
   *
   * @param services as they are
   * @param home the process's folder
   */
  Services in(
      Services services,
      Path home,
      MemoryDeltaLog log,
      MemoryObjectStore store,
      SimulatedWire wire) {
    FlawedLogs logs = new FlawedLogs(services.log(), log, wire);
    FlawedStores stores = new FlawedStores(services.store(), store, wire);
    return switch (this) {
      case NONE,
          COLLECTOR_WITHOUT_FENCE,
          COLLECTOR_WITHOUT_EPOCH,
          FILE_KEYS_WITHOUT_EPOCH,
          ROLLBACK_WITHOUT_PIN,
          ROLLBACK_BEYOND_ITS_PIN,
          DELETES_QUEUED_WRITES_FIRST ->
          services;
      case RETRIES_AT_THE_OLD_PLACE -> services.with(logs.retriesAtTheOldPlace());
      case IDS_AFTER_THE_PLACE -> services.with(logs.putsIdsAfterThePlace());
      case IGNORES_REPEATED_IDS -> services.with(logs.ignoresRepeatedIds());
      case TAKES_UNKNOWN_PLACING_FOR_DONE -> services.with(logs.takesUnknownPlacingForDone());
      case FORGETS_THE_HORIZON -> services.with(logs.forgetsTheHorizon());
      case UNCONDITIONAL_POINTER_PUT -> services.with(stores.unconditionalPointerPut());
      case CLEANS_AFTER_UNKNOWN_SWAP -> services.with(stores.cleansAfterUnknownSwap());
      case TAKES_UNKNOWN_SWAP_FOR_WON -> services.with(stores.takesUnknownSwapForWon());
      case PUBLISHES_BEFORE_FILES_ARE_STORED -> services.with(stores.ignoresFailedUploads());
      case CACHE_NAMED_BEFORE_VERIFIED -> services.with(stores.namesBeforeVerifying(home));
      case CACHE_TRUSTED_ONCE_VERIFIED -> services.with(stores.opensKeptFilesAsTheyAre(home));
      case TIP_BY_FOLDED_SEQUENCE -> services.with(logs.tipByFoldedSequence());
      case READS_PAST_HOLES -> services.with(logs.readsPastHoles());
      case VOIDS_WITHOUT_TIP_CHECK -> services.with(logs.voidsWithoutTipCheck());
      case TRIMS_VOIDS -> services.with(logs.trimsVoids());
      case TRIMS_BEFORE_TIP_MOVES -> services.with(logs.trimsBeforeTipMoves());
      case TAIL_FROM_WRONG_START -> services.with(logs.tailFromWrongStart());
      case POISON_WITHOUT_VERDICT -> services.with(logs.poisonWithoutVerdict());
      case IGNORES_VOIDED_PLACE -> services.with(logs.ignoresVoidedPlace());
      case PLACES_ELSEWHERE_AFTER_UNKNOWN -> services.with(logs.placesElsewhereAfterUnknown());
      case STRONG_READ_OF_REMEMBERED_HEAD -> services.with(logs.remembersHead());
    };
  }
}
