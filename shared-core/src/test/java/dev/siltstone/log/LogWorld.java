package dev.siltstone.log;

import static dev.siltstone.log.LogFixture.COLLECTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.memory.MemoryDeltaLog;
import dev.siltstone.simulation.Faults;
import dev.siltstone.simulation.FaultyWire;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.simulation.Wire;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.memory.MemoryObjectStore;
import dev.siltstone.time.TimeOrderedIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Writers, readers, deletes by filter, two folders and a collector of orphans on one log, in an
 * order and with faults that a seed decides. A snapshot is just the list of folded deltas.
 */
final class LogWorld {
  private static final Faults FAULTS =
      new Faults(0.02, 0.01, 0.03, 0.03, 0.01, 0.03, Duration.ofSeconds(10));

  /** A published snapshot; the pointer is the last one. */
  private record Version(Sequence folded, List<DeltaId> order, List<Sequence> places) {}

  private final Simulation simulation;
  private final Random random;
  private final Wire wire;
  private final MemoryObjectStore store;
  private final DeltaLog log;
  private final Commit commit;
  private final LogReader reader;
  private final LogHistory history = new LogHistory();
  private final List<Version> versions = new ArrayList<>();
  private boolean over;

  /**
   * A world of this seed.
   *
   * @param flaw what is wrong with the log, or identity
   */
  LogWorld(long seed, UnaryOperator<DeltaLog> flaw) {
    simulation = new Simulation(new Random(seed));
    random = new Random(seed * 31 + 1);
    FaultyWire faulty = new FaultyWire(simulation, new Random(~seed), FAULTS);
    wire =
        new Wire() {
          @Override
          public <T> T call(Call call, Supplier<T> effect) {
            return over ? effect.get() : faulty.call(call, effect);
          }
        };
    store = new MemoryObjectStore(wire, simulation.clock());
    MemoryDeltaLog memory = new MemoryDeltaLog(wire);
    memory.create(COLLECTION);
    log = flaw.apply(memory);
    TimeOrderedIds ids = new TimeOrderedIds(simulation.clock(), random);
    commit = new Commit(log, store, ids, simulation.clock(), random);
    // Safety depends on no grace, so half of the worlds have none.
    Duration grace = seed % 2 == 0 ? LogReader.DEFAULT_GRACE : Duration.ZERO;
    reader = new LogReader(log, simulation.clock(), random, grace);
    versions.add(new Version(Sequence.ZERO, List.of(), List.of()));
  }

  /** Runs everybody to the end and checks what they were told; returns acknowledged writes. */
  int run() {
    for (int i = 1; i <= 3; i++) {
      simulation.add("writer " + i, () -> repeat(3, this::write));
    }
    simulation.add("deleter", () -> repeat(2, this::deleteByFilter));
    for (int i = 1; i <= 2; i++) {
      simulation.add("reader " + i, () -> repeat(3, this::strongRead));
      simulation.add("folder " + i, () -> repeat(4, this::fold));
    }
    simulation.add("collector", () -> repeat(2, this::collectOrphans));
    simulation.run();
    over = true;
    check();
    return history.ackedWrites();
  }

  String trace() {
    return simulation.trace();
  }

  private void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      try {
        work.run();
      } catch (UnavailableException | OutcomeUnknownException e) {
        simulation.note("gives up: " + e.getMessage());
      }
    }
  }

  private void write() {
    LogHistory.Write write = history.begin();
    acknowledge(write, () -> commit.commit(COLLECTION, null, id -> encoded(write, id)));
  }

  private void deleteByFilter() {
    LogHistory.Write write = history.begin();
    acknowledge(
        write,
        () ->
            commit.commitAt(
                COLLECTION,
                (place, id) -> {
                  Version before = readUpTo(new Sequence(place.value() - 1));
                  if (before.folded().compareTo(place) >= 0) {
                    return new Commit.Decision.PlaceLost();
                  }
                  history.decidedOn(id, before.order());
                  return new Commit.Decision.Write(encoded(write, id));
                }));
  }

  private void acknowledge(LogHistory.Write write, Supplier<Receipt> work) {
    try {
      history.acked(write, work.get().sequence());
    } catch (UnavailableException e) {
      history.refused(write);
      throw e;
    }
  }

  private EncodedDelta encoded(LogHistory.Write write, DeltaId id) {
    history.uses(write, id);
    byte[] bytes = id.toString().getBytes(StandardCharsets.UTF_8);
    return new EncodedDelta(id, bytes, Checksum.of(bytes), 1);
  }

  private void strongRead() {
    Set<LogHistory.Write> ackedBefore = history.ackedNow();
    Sequence last = log.read(COLLECTION).orElseThrow().head().lastReserved();
    history.read(ackedBefore, readUpTo(last).order());
  }

  /** Everything up to a place at least, from the snapshot that the tip names. */
  private Version readUpTo(Sequence upTo) {
    HeadAndTip now = log.read(COLLECTION).orElseThrow();
    while (true) {
      Version base = versions.get((int) now.tip().generation().value());
      if (base.folded().compareTo(upTo) >= 0) {
        return base;
      }
      switch (reader.readThrough(COLLECTION, base.folded(), upTo)) {
        case LogReader.Suffix.Entries(List<LogEntry> entries) -> {
          return extended(base, entries);
        }
        case LogReader.Suffix.TipPassed(HeadAndTip newer) -> now = newer;
      }
    }
  }

  private static Version extended(Version base, List<LogEntry> entries) {
    List<DeltaId> order = new ArrayList<>(base.order());
    List<Sequence> places = new ArrayList<>(base.places());
    for (LogEntry entry : entries) {
      if (entry instanceof LogEntry.Committed committed) {
        order.add(committed.delta());
        places.add(committed.sequence());
      }
    }
    Sequence last = entries.isEmpty() ? base.folded() : entries.getLast().sequence();
    return new Version(last, order, places);
  }

  private void fold() {
    int parent = versions.size() - 1;
    Version base = versions.get(parent);
    moveTip(parent, base);
    Sequence last = log.read(COLLECTION).orElseThrow().head().lastReserved();
    long more = last.value() - base.folded().value();
    if (more <= 0) {
      return;
    }
    Sequence upTo = new Sequence(base.folded().value() + 1 + random.nextLong(more));
    if (reader.readThrough(COLLECTION, base.folded(), upTo)
        instanceof LogReader.Suffix.Entries(List<LogEntry> entries)) {
      Version next = extended(base, entries);
      if (publish(parent, next)) {
        moveTip(parent + 1, next);
        log.trim(COLLECTION, next.folded(), 100);
        log.hintFolded(COLLECTION, next.folded());
      }
    }
  }

  /** The pointer's compare-and-swap. */
  private boolean publish(int parent, Version next) {
    return wire.call(
        new Wire.Call("publish", next.folded().toString(), true),
        () -> versions.size() == parent + 1 && versions.add(next));
  }

  private void moveTip(int generation, Version version) {
    if (generation > 0) {
      log.moveTip(COLLECTION, tip(generation, version.folded()));
    }
  }

  private static Tip tip(long number, Sequence folded) {
    Generation generation = new Generation(number);
    CommitId commit = new CommitId(new UUID(9, number));
    return new Tip(
        generation,
        folded,
        ObjectLayout.manifest(COLLECTION, generation, Instant.EPOCH, Epoch.ZERO, commit));
  }

  /** Raise the horizon, settle every place reserved before, read again, delete what is unnamed. */
  private void collectOrphans() {
    List<ListedObject> listed = store.listAfter(ObjectLayout.deltaPrefix(COLLECTION), null, 1_000);
    if (listed.isEmpty()) {
      return;
    }
    DeltaId horizon = id(listed.get(random.nextInt(listed.size())));
    Head head = log.raiseOrphanHorizon(COLLECTION, horizon).orElseThrow();
    Set<DeltaId> named = new HashSet<>(readUpTo(head.lastReserved()).order());
    for (ListedObject object : listed) {
      if (id(object).compareTo(horizon) <= 0 && !named.contains(id(object))) {
        store.delete(object.key());
      }
    }
  }

  private static DeltaId id(ListedObject object) {
    return ObjectLayout.deltaId(object.key()).orElseThrow();
  }

  private void check() {
    Sequence last = log.read(COLLECTION).orElseThrow().head().lastReserved();
    Version whole = readUpTo(last);
    history.check(whole.order(), whole.places());
    Version pointer = versions.getLast();
    assertThat(whole.order().subList(0, pointer.order().size()))
        .as("the snapshot")
        .isEqualTo(pointer.order());
    for (DeltaId id : whole.order()) {
      assertThat(store.get(ObjectLayout.delta(COLLECTION, id))).as("object of %s", id).isPresent();
    }
  }
}
