package dev.siltstone.log;

import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaLimits;
import dev.siltstone.delta.DeltaReader;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.memory.MemoryDeltaLog;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.simulation.ScriptedWire;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.memory.MemoryObjectStore;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/** A log and a store in memory on a scripted wire, and one collection. */
final class LogFixture {
  static final CollectionId COLLECTION = new CollectionId(new UUID(7, 7));
  static final VectorShape SHAPE = new VectorShape(2, null);

  final ScriptedWire wire = new ScriptedWire();
  final Clock clock = new Simulation(new Random(0)).clock();
  final MemoryDeltaLog log = new MemoryDeltaLog(wire);
  final MemoryObjectStore store = new MemoryObjectStore(wire, clock);
  final Commit commit =
      new Commit(log, store, new TimeOrderedIds(clock, new Random(1)), clock, new Random(2));
  final LogReader reader = new LogReader(log, clock, new Random(3), LogReader.DEFAULT_GRACE);

  LogFixture() {
    log.create(COLLECTION);
  }

  static EncodedDelta encode(DeltaId id) {
    return DeltaWriter.encode(
        new Delta(
            COLLECTION,
            id,
            2,
            null,
            Instant.EPOCH,
            List.of(
                new Operation.Add(
                    new RecordId("a"), Embedding.of(1, 2), null, null, MetadataPatch.NONE))));
  }

  Receipt write() {
    return commit.commit(COLLECTION, SHAPE, LogFixture::encode);
  }

  /** Hands out a place and leaves it empty. */
  Sequence hole() {
    DeltaId id = new DeltaId(new UUID(-1, -1));
    return ((ReserveResult.Reserved) log.reserve(COLLECTION, id, null)).place();
  }

  LogEntry.Committed entry(Sequence place) {
    DeltaId id = new DeltaId(new UUID(-1, place.value()));
    return new LogEntry.Committed(
        place, id, ObjectLayout.delta(COLLECTION, id), 1, 1, Checksum.of(new byte[1]));
  }

  List<LogEntry> entries() {
    return log.readAfter(COLLECTION, Sequence.ZERO, 1_000);
  }

  Delta stored(Receipt receipt) {
    byte[] bytes = store.get(Objects.requireNonNull(receipt.delta())).orElseThrow().bytes();
    return DeltaReader.decode(bytes, DeltaLimits.FORMAT);
  }

  /** Publishes everything up to a place, as far as readers of the log can tell. */
  Tip moveTip(long generation, Sequence folded) {
    Tip tip =
        new Tip(
            new Generation(generation),
            folded,
            ObjectLayout.manifest(
                COLLECTION,
                new Generation(generation),
                Instant.EPOCH,
                Epoch.ZERO,
                new CommitId(new UUID(9, generation))));
    log.moveTip(COLLECTION, tip);
    return tip;
  }
}
