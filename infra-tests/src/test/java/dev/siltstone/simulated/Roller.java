package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.compaction.Compactor;
import dev.siltstone.failure.FencedException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Commit;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.PlaceResult;
import dev.siltstone.operations.Rollback;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rolls back to some retained snapshot, with the real operation and pins that soon run out. */
final class Roller {
  private static final int MOST_PLACES = 3;

  private final Machine machine;
  private final History history;
  private final PlantedBug bug;
  private final Compactor compactor;
  private final Commit commit;
  private final Set<DeltaId> tried = new HashSet<>();

  Roller(Machine machine, String name, History history, PlantedBug bug) {
    this.machine = machine;
    this.history = history;
    this.bug = bug;
    this.compactor = new Folder(machine, name).compactor();
    this.commit =
        new Commit(
            new Tries(), machine.services.store(), machine.ids, machine.clock, machine.random);
  }

  /** One rollback, if there is anything to go back to. */
  void work() {
    Optional<Published> now = machine.snapshots.current(COLLECTION.id());
    if (now.isEmpty()) {
      return;
    }
    List<RetainedSnapshot> targets = new ArrayList<>(now.get().manifest().retained());
    targets.add(now.get().manifest().asRetained());
    RetainedSnapshot target = targets.get(machine.random.nextInt(targets.size()));
    tried.clear();
    try {
      rollBack(target).ifPresent(history::rolledBack);
    } catch (NotFoundException | FencedException | UnavailableException e) {
      history.refusedRollbacks(tried);
    }
  }

  private Optional<Sequence> rollBack(RetainedSnapshot target) {
    CollectionId id = COLLECTION.id();
    SnapshotName name = new SnapshotName(target.generation().toString());
    Deadline deadline =
        Deadline.in(machine.clock, Duration.ofSeconds(5 + machine.random.nextInt(20)));
    int places = 1 + machine.random.nextInt(MOST_PLACES);
    Sequence anywhere = new Sequence(Long.MAX_VALUE);
    return switch (bug) {
      case ROLLBACK_WITHOUT_PIN ->
          commit
              .rollBack(id, target.generation(), target.manifest(), anywhere)
              .map(LogEntry.Rollback::sequence);
      case ROLLBACK_BEYOND_ITS_PIN -> {
        RetainedSnapshot pinned = compactor.pin(id, name, places, deadline).target();
        yield commit
            .rollBack(id, pinned.generation(), pinned.manifest(), anywhere)
            .map(LogEntry.Rollback::sequence);
      }
      default ->
          Optional.of(
              new Rollback(
                      compactor,
                      commit,
                      machine.services.log(),
                      machine.snapshots,
                      machine.services.notices(),
                      places)
                  .to(id, name, deadline)
                  .sequence());
    };
  }

  /** Notes which rollbacks may come to stand. */
  private final class Tries extends LogDecorator {
    private Tries() {
      super(machine.services.log());
    }

    @Override
    public PlaceResult place(CollectionId collection, LogEntry entry) {
      if (entry instanceof LogEntry.Rollback rollback) {
        tried.add(rollback.operation());
      }
      return super.place(collection, entry);
    }
  }
}
