package dev.siltstone.gc;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a collection has on the store, and says what of it may go. */
final class Planner {
  private static final int PAGE = 1_000;

  private final GcSteps steps;
  private final CollectorSettings settings;
  private final Manifest current;
  private final CollectionId collection;
  private final Epoch epoch;
  private final @Nullable DeltaId horizon;
  private final DeltaId oldEnough;
  private final Map<KeptBecause, Amount> kept = new EnumMap<>(KeptBecause.class);
  private final List<Garbage> garbage = new ArrayList<>();

  /**
   * A planner.
   *
   * @param epoch only what runs below it wrote may go
   * @param horizon deltas at or below it that have no place get none any more; null if no horizon
   *     is known
   */
  Planner(
      GcSteps steps,
      CollectorSettings settings,
      Manifest current,
      Epoch epoch,
      @Nullable DeltaId horizon) {
    this.steps = steps;
    this.settings = settings;
    this.current = current;
    this.collection = current.collection();
    this.epoch = epoch;
    this.horizon = horizon;
    this.oldEnough = idBefore(steps.clock().now(), settings.readerGrace());
  }

  /** Ids of deltas made earlier than {@code age} ago are at or below it, going by their clocks. */
  static DeltaId idBefore(Instant now, Duration age) {
    long millis = Math.max(0, now.minus(age).toEpochMilli());
    return new DeltaId(new UUID(millis << 16 | 0x7000L, 0x8000_0000_0000_0000L));
  }

  /**
   * Looks; changes nothing.
   *
   * @throws dev.siltstone.failure.CorruptDataException if something is missing that must be there
   */
  Plan plan() {
    LogSurvey log = LogSurvey.of(steps.log(), collection, current.folded(), oldEnough);
    NamedFiles named =
        NamedFiles.read(
            steps, current, log.rollbacks(), steps.clock().now().minus(settings.readerGrace()));
    Set<ObjectKey> present = new HashSet<>();
    files(ObjectLayout.segmentPrefix(collection), named, present);
    files(ObjectLayout.snapshotPrefix(collection), named, present);
    named.requireAmong(collection, present);
    deltas(log);
    garbage.sort(Comparator.comparing(Garbage::isManifest));
    return new Plan(garbage, present.size(), log.lastSeen().value(), log.trimTo(), kept);
  }

  private void files(String prefix, NamedFiles named, Set<ObjectKey> present) {
    @Nullable ObjectKey last = null;
    List<ListedObject> page = steps.store().listAfter(prefix, last, PAGE);
    while (!page.isEmpty()) {
      for (ListedObject file : page) {
        present.add(file.key());
        file(file, named);
      }
      last = page.getLast().key();
      page = steps.store().listAfter(prefix, last, PAGE);
    }
  }

  private void file(ListedObject file, NamedFiles named) {
    Optional<KeptBecause> because = named.kept(file.key());
    Optional<Epoch> writer = ObjectLayout.writerEpoch(file.key());
    if (because.isPresent()) {
      keep(file, because.get());
    } else if (file.key().equals(ObjectLayout.pointer(collection))) {
      keep(file, KeptBecause.CURRENT);
    } else if (writer.isEmpty()) {
      keep(file, KeptBecause.UNKNOWN_NAME);
    } else if (writer.get().compareTo(epoch) >= 0) {
      keep(file, KeptBecause.NEWER_RUN);
    } else {
      let(file, named.isDue(file.key()) ? Cause.RETIRED : Cause.ORPHANED_FILE);
    }
  }

  /** Deltas are listed in the order of their making, as far as any may go. */
  private void deltas(LogSurvey log) {
    String prefix = ObjectLayout.deltaPrefix(collection);
    @Nullable ObjectKey last = null;
    List<ListedObject> page = steps.store().listAfter(prefix, last, PAGE);
    while (!page.isEmpty()) {
      for (ListedObject object : page) {
        Optional<DeltaId> delta = ObjectLayout.deltaId(object.key());
        if (delta.isEmpty()) {
          keep(object, KeptBecause.UNKNOWN_NAME);
        } else if (delta.get().compareTo(oldEnough) > 0) {
          keep(object, KeptBecause.YOUNG_DELTA);
          return;
        } else {
          delta(object, delta.get(), log);
        }
      }
      last = page.getLast().key();
      page = steps.store().listAfter(prefix, last, PAGE);
    }
  }

  private void delta(ListedObject object, DeltaId delta, LogSurvey log) {
    if (log.isQuarantined(delta)) {
      keep(object, KeptBecause.QUARANTINED_DELTA);
    } else if (log.isUnfolded(delta)) {
      keep(object, KeptBecause.UNFOLDED_DELTA);
    } else if (log.isFolded(delta)) {
      let(object, Cause.FOLDED_DELTA);
    } else if (horizon == null || delta.compareTo(horizon) > 0) {
      keep(object, KeptBecause.YOUNG_DELTA);
    } else {
      let(object, Cause.ORPHANED_DELTA);
    }
  }

  private void keep(ListedObject object, KeptBecause because) {
    kept.merge(because, new Amount(1, object.bytes()), Amount::plus);
  }

  private void let(ListedObject object, Cause cause) {
    garbage.add(new Garbage(object.key(), object.bytes(), cause));
  }
}
