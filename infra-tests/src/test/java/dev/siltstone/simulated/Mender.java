package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.Quarantine;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import java.util.List;

/** Writes what was set aside once more, from a repaired file, with the real operation. */
final class Mender {
  private final Machine machine;
  private final History history;
  private final Writing writing;
  private final Quarantine quarantine;

  Mender(Machine machine, History history, Writing writing) {
    this.machine = machine;
    this.history = history;
    this.writing = writing;
    this.quarantine =
        new Quarantine(
            machine.services.log(),
            machine.services.store(),
            machine.commit,
            machine.services.notices(),
            machine.clock);
  }

  /** One retry, if anything was set aside. */
  void work() {
    List<LogEntry.Quarantined> found = quarantine.list(COLLECTION.id());
    if (found.isEmpty()) {
      return;
    }
    LogEntry.Quarantined entry = found.get(machine.random.nextInt(found.size()));
    List<Operation> operations = List.of(upsert());
    byte[] repaired = encoded(operations);
    Write write = history.begin(new Write.Content.Operations(operations));
    writing.begins(write);
    try {
      history.acknowledged(
          write, quarantine.retry(COLLECTION.id(), entry.sequence(), repaired).now().sequence());
    } catch (UnavailableException | InvalidRequestException e) {
      write.refuse();
      throw e;
    }
  }

  private Operation upsert() {
    return new Operation.Upsert(
        World.IDS.get(machine.random.nextInt(World.IDS.size())),
        Embedding.of(machine.random.nextInt(100), 1, 2, 3),
        "mended",
        null,
        MetadataPatch.NONE);
  }

  private byte[] encoded(List<Operation> operations) {
    return DeltaWriter.encode(
            new Delta(
                COLLECTION.id(),
                new DeltaId(machine.ids.next()),
                4,
                null,
                machine.clock.now(),
                operations))
        .bytes();
  }
}
