package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.memory.MemoryDeltaLog;
import dev.siltstone.record.RecordId;
import dev.siltstone.simulation.Faults;
import dev.siltstone.simulation.FaultyWire;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** One seed's services, processes and what becomes of them. */
final class World {
  static final List<RecordId> IDS =
      Stream.of("a", "b", "c", "d", "e", "f").map(RecordId::new).toList();

  private static final Duration LONGER_THAN_ANY_LEASE = Duration.ofHours(3);
  private static final int MAX_FINAL_RUNS = 20;

  private final Random random;
  private final Simulation simulation;
  private final FaultyWire faulty;
  private final SimulatedWire wire;
  private final MemoryObjectStore store;
  private final MemoryDeltaLog log;
  private final Services services;
  private final Violations violations = new Violations();
  private final ReferenceModel model = new ReferenceModel(violations);
  private final History history = new History(violations, model);
  private final FaultCounts counts = new FaultCounts();
  private final WriteQueue queue;
  private final Watch watch;
  private final Processes processes;
  private final boolean meetsNewerFormat;
  private final boolean large;
  private final boolean queues;
  private final PlantedBug bug;

  /**
   * A world in which nothing has happened yet.
   *
   * @param bug planted in all its processes
   * @param folder for the local files of its processes
   * @param simulation made of the same seed
   */
  World(long seed, PlantedBug bug, Path folder, Simulation simulation) {
    this.random = new Random(seed * 31 + 7);
    this.bug = bug;
    this.simulation = simulation;
    this.meetsNewerFormat = random.nextInt(12) == 0;
    this.large = random.nextInt(4) == 0;
    this.queues = queues(seed);
    this.faulty = new FaultyWire(simulation, new Random(~seed), faults(random));
    this.wire = new SimulatedWire(faulty);
    this.store = new MemoryObjectStore(wire, simulation.clock());
    this.log = new MemoryDeltaLog(wire);
    log.create(COLLECTION.id());
    this.services =
        new Services(
            store,
            log,
            new SimulatedCatalog(wire),
            new MemoryLeaseStore(wire),
            new HintFaults(
                new MemoryNoticeQueue(wire, simulation.clock()), new Random(seed + 1), counts));
    this.queue = new WriteQueue(wire, counts);
    this.watch =
        new Watch(violations, model, log, store, new SnapshotStore(store, simulation.clock()));
    wire.observedBy(watch);
    this.processes =
        new Processes(
            simulation,
            wire,
            random,
            folder,
            (life, home) -> bug.in(life, home, log, store, wire),
            services,
            model,
            counts,
            new WornDisks(seed, bug, counts));
  }

  /** Some worlds are calm but for one kind of fault, some are bad in every way. */
  private static Faults faults(Random random) {
    return new Faults(
        0.010 * random.nextInt(3),
        0.006 * random.nextInt(3),
        0.012 * random.nextInt(3),
        0.020 * random.nextInt(3),
        0.010 * random.nextInt(3),
        0.040 * random.nextInt(3),
        Duration.ofSeconds(1L + random.nextInt(80)));
  }

  /** Not drawn, so that adding it has left the worlds without it, and their seeds, as they were. */
  private static boolean queues(long seed) {
    long week = Math.floorMod(seed, 7L);
    return week == 4 || week == 5;
  }

  /** Runs everybody to the end, and then judges. */
  Tale run() {
    Duration grace = random.nextBoolean() ? LogReader.DEFAULT_GRACE : Duration.ZERO;
    add("producer", 3, 4, grace, this::producer);
    add("reader", 2, 4, grace, this::reader);
    add("folder", 3, 4, grace, life -> new Folder(life.machine(), life.name())::work);
    if (large || random.nextBoolean()) {
      add("collector", 2, 3, grace, life -> new Collector(life.machine(), life.name(), bug)::work);
    }
    if (random.nextInt(3) == 0) {
      add(
          "roller",
          2,
          2,
          grace,
          life -> new Roller(life.machine(), life.name(), history, bug)::work);
    }
    if (random.nextInt(4) == 0) {
      add("mender", 1, 2, grace, life -> new Mender(life.machine(), history, life.writing())::work);
    }
    if (queues) {
      add("taker", 3, 5, grace, life -> taker(life.machine())::work);
    }
    processes.add("keeper", 8, grace, life -> () -> trim(life.machine()));
    simulation.run();
    violations.check();
    end(grace);
    processes.close();
    faulty.counts().forEach((fate, count) -> counts.add("call " + inWords(fate), count));
    return new Tale(
        history.acknowledged(), history.reads(), watch.publishes(), watch.deletes(), counts);
  }

  /** Some processes of a kind, each of which takes a few steps; in a large world all of them. */
  private void add(
      String kind,
      int most,
      int mostSteps,
      Duration grace,
      Function<Processes.Life, Runnable> work) {
    for (int i = large ? most : 1 + random.nextInt(most); i > 0; i--) {
      processes.add(kind + " " + i, large ? mostSteps : 1 + random.nextInt(mostSteps), grace, work);
    }
  }

  private Runnable producer(Processes.Life life) {
    Producer producer = new Producer(life.machine(), history, life.writing());
    return () -> {
      int drawn = life.machine().random.nextInt(12);
      if (drawn == 0) {
        counts.add("poison delta");
        producer.writeUnreadable(Write.Kind.POISON);
      } else if (drawn == 1 && meetsNewerFormat) {
        counts.add(FaultCounts.NEWER_FORMAT);
        producer.writeUnreadable(Write.Kind.NEWER_FORMAT);
      } else {
        producer.write();
      }
    };
  }

  private QueueTaker taker(Machine machine) {
    return new QueueTaker(machine, queue, history, model, bug);
  }

  private Runnable reader(Processes.Life life) {
    Reader reader = new Reader(life.machine(), history, life.writing());
    return () -> {
      if (life.machine().random.nextInt(5) == 0) {
        reader.deleteByFilter();
      } else {
        reader.read();
      }
    };
  }

  private void trim(Machine machine) {
    machine
        .snapshots
        .current(COLLECTION.id())
        .ifPresent(published ->
            machine.services.log().trim(COLLECTION.id(), published.manifest().folded(), 100));
  }

  /** Without faults everything is folded, and everybody sees it. */
  private void end(Duration grace) {
    wire.calm();
    simulation.clock().sleep(LONGER_THAN_ANY_LEASE);
    Processes.Life last = processes.lifeOf("last", grace);
    taker(last.machine()).drain();
    history.checkAllStand(queue.writes());
    try {
      Folder folder = new Folder(last.machine(), "last");
      Outcome outcome = Outcome.OUT_OF_TIME;
      for (int i = 0; i < MAX_FINAL_RUNS && outcome != Outcome.DRAINED; i++) {
        outcome = folder.run().outcome();
      }
      violations.require(outcome == Outcome.DRAINED, "the last run ended as %s", outcome);
      new Reader(last.machine(), history, last.writing()).strong();
      HeadAndTip now = log.read(COLLECTION.id()).orElseThrow();
      checkFolded(now);
    } catch (UnsupportedFormatException e) {
      if (!meetsNewerFormat) {
        throw e;
      }
    }
    violations.check();
    history.check();
  }

  private void checkFolded(HeadAndTip now) {
    Manifest current = watch.current();
    Sequence folded = current == null ? Sequence.ZERO : current.folded();
    violations.require(
        folded.equals(now.head().lastReserved()),
        "all is drained, %s are reserved and %s folded",
        now.head().lastReserved(),
        folded);
    violations.require(
        current == null || current.generation().equals(now.tip().generation()),
        "all is drained, the pointer has generation %s and the tip %s",
        current == null ? null : current.generation(),
        now.tip().generation());
  }

  private static String inWords(FaultyWire.Fate fate) {
    return fate.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What happened in a world without violations. */
  record Tale(long acknowledged, int reads, int publishes, int deletes, FaultCounts counts) {}

  /** Whether a process may get this from its services, given what was done to it. */
  static boolean isBearable(SiltstoneException e, boolean damaged, boolean newer) {
    return switch (e) {
      case UnavailableException _ -> true;
      case OutcomeUnknownException _ -> true;
      case CorruptDataException _ -> damaged;
      case UnsupportedFormatException _ -> newer;
      default -> false;
    };
  }
}
