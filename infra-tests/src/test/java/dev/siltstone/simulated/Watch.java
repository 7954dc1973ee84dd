package dev.siltstone.simulated;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.LeaseStore.AcquireResult;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Tip;
import dev.siltstone.simulation.Wire.Call;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the services after every effect, from outside: what stands in the log stays, the pointer
 * moves from a version to its successor, it and the tip name only what is there, and what is
 * published is what the model says.
 */
final class Watch implements SimulatedWire.Observer {
  private final Violations violations;
  private final ReferenceModel model;
  private final DeltaLog log;
  private final ObjectStore store;
  private final SnapshotStore snapshots;
  private final StoredFiles files;
  private final CollectionId collection = SimulatedCatalog.COLLECTION.id();
  private final String pointer = ObjectLayout.pointer(collection).value();
  private @Nullable Manifest published;
  private Generation tip = Generation.ZERO;
  private long epoch;
  private int publishes;
  private int deletes;

  Watch(
      Violations violations,
      ReferenceModel model,
      DeltaLog log,
      ObjectStore store,
      SnapshotStore snapshots) {
    this.violations = violations;
    this.model = model;
    this.log = log;
    this.store = store;
    this.snapshots = snapshots;
    this.files = new StoredFiles(store, violations);
  }

  @Override
  public void after(Call call, Object answer) {
    switch (call.name()) {
      case "place", "placeOnce", "voidPlace", "quarantine" ->
          settled(new Sequence(Long.parseLong(call.subject())));
      case "moveTip" -> tipMoved();
      case "putIfAbsent", "putIfMatch" -> {
        if (call.subject().equals(pointer) && answer instanceof PutResult.Stored) {
          published();
        }
      }
      case "delete" -> deleted(call.subject());
      case "acquire" -> {
        if (answer instanceof AcquireResult.Acquired acquired) {
          violations.require(acquired.epoch().value() > epoch, "epoch %s again", acquired.epoch());
          epoch = acquired.epoch().value();
        }
      }
      default -> {}
    }
  }

  /** Publishes seen. */
  int publishes() {
    return publishes;
  }

  /** Objects deleted. */
  int deletes() {
    return deletes;
  }

  /** What the pointer names, or null before the first publish. */
  @Nullable Manifest current() {
    return published;
  }

  private void settled(Sequence place) {
    Optional<LogEntry> entry = log.readPlace(collection, place);
    if (entry.isEmpty()) {
      return;
    }
    model.settled(entry.get());
    checkTarget(entry.get());
    if (entry.get() instanceof LogEntry.Committed committed) {
      violations.require(
          store.get(committed.key()).isPresent() || tipFolds(place),
          "place %s names %s, which is not there",
          place,
          committed.key());
    }
  }

  private boolean tipFolds(Sequence place) {
    return now().tip().folded().compareTo(place) >= 0;
  }

  private HeadAndTip now() {
    return log.read(collection).orElseThrow();
  }

  private void tipMoved() {
    Tip now = now().tip();
    violations.require(
        now.generation().compareTo(tip) >= 0,
        "the tip fell from generation %s to %s",
        tip,
        now.generation());
    ObjectKey key = now.manifest();
    if (key == null || now.generation().equals(tip)) {
      return;
    }
    tip = now.generation();
    Manifest named = snapshots.readManifest(key);
    violations.require(
        named.generation().equals(tip) && named.folded().equals(now.folded()),
        "the tip %s names a manifest of generation %s that folds %s",
        now,
        named.generation(),
        named.folded());
    Manifest current = published;
    violations.require(
        current != null && current.contains(named.commit()),
        "the tip names commit %s, which was never published",
        named.commit());
    files.requireAll(named);
  }

  private void published() {
    Published now = snapshots.current(collection).orElseThrow();
    Manifest next = now.manifest();
    Manifest before = published;
    CommitId parent = next.ancestry().isEmpty() ? null : next.ancestry().getFirst().commit();
    if (before != null && next.commit().equals(before.commit())) {
      return;
    }
    violations.require(
        before == null ? parent == null : before.commit().equals(parent),
        "generation %s replaces commit %s, but descends from %s",
        next.generation(),
        before == null ? null : before.commit(),
        parent);
    published = next;
    publishes++;
    model.published(next.generation(), next.folded());
    files.requireAll(next);
    checkContent(next);
    checkVerdicts(next.folded());
    model.entries().forEach(this::checkTarget);
  }

  /** What a rollback goes back to stays retained until it is folded. */
  private void checkTarget(LogEntry entry) {
    Manifest current = published;
    if (entry instanceof LogEntry.Rollback rollback
        && current != null
        && rollback.sequence().compareTo(current.folded()) > 0) {
      violations.require(
          current.generation().equals(rollback.target())
              || current.retained(rollback.target()).isPresent(),
          "generation %s does not retain the target of %s",
          current.generation(),
          rollback);
    }
  }

  private void checkContent(Manifest next) {
    ReferenceModel.State expected = model.after(next.folded());
    violations.require(
        next.content().equals(expected.content())
            && next.liveRecords() == expected.records().size(),
        "generation %s folds %s to %d records with checksum %s, expected %d with %s",
        next.generation(),
        next.folded(),
        next.liveRecords(),
        next.content(),
        expected.records().size(),
        expected.content());
  }

  /** Nothing unreadable is published past without a verdict, and nothing newer at all. */
  private void checkVerdicts(Sequence folded) {
    for (LogEntry entry : model.entries()) {
      if (entry.sequence().compareTo(folded) > 0) {
        continue;
      }
      for (Write write : model.writesAt(entry)) {
        violations.require(
            !write.is(Write.Kind.NEWER_FORMAT), "%s of a newer format was published past", write);
        violations.require(
            !write.is(Write.Kind.POISON) || entry instanceof LogEntry.Quarantined,
            "%s was published past without a verdict at %s",
            write,
            entry.sequence());
      }
    }
  }

  private void deleted(String key) {
    deletes++;
    files.forget(key);
    Manifest current = published;
    if (current != null) {
      files.requireAll(current);
      current.retained().forEach(kept -> files.requireAll(snapshots.readManifest(kept.manifest())));
    }
    ObjectKey named = now().tip().manifest();
    if (named != null) {
      files.requireAll(snapshots.readManifest(named));
    }
    for (LogEntry entry : model.entries()) {
      if (entry instanceof LogEntry.Committed committed && committed.key().value().equals(key)) {
        violations.require(
            tipFolds(entry.sequence()), "%s was deleted before the tip has passed it", key);
      }
    }
  }
}
