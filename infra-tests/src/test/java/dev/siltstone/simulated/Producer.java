package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.ingest.Ingestor;
import dev.siltstone.ingest.WriteBatch;
import dev.siltstone.log.Receipt;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.storage.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;

/** Writes small random batches through the real ingestor, and now and then bytes of its own. */
final class Producer {
  private final Machine machine;
  private final History history;
  private final Writing writing;
  private final Ingestor ingestor;
  private final Random random;
  private final Batches batches;

  Producer(Machine machine, History history, Writing writing) {
    this.machine = machine;
    this.history = history;
    this.writing = writing;
    this.random = machine.random;
    this.batches = new Batches(random);
    this.ingestor =
        new Ingestor(
            machine.services.catalog(),
            machine.services.log(),
            machine.commit,
            machine.services.notices(),
            EmbeddingFunctions.NONE,
            IngestLimits.DEFAULT,
            machine.clock,
            Metrics.NONE);
  }

  /** Adds, upserts, updates or deletes a few records. */
  void write() {
    WriteBatch batch = batches.next();
    tell(
        new Write.Content.Operations(Batches.operations(batch)),
        () -> ingestor.ingest(batch).orElseThrow());
  }

  /** Commits bytes that nobody, or nobody of this version, can read. */
  void writeUnreadable(Write.Kind kind) {
    byte[] bytes =
        switch (kind) {
          case POISON -> ("poison " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
          case NEWER_FORMAT -> NewerDelta.bytes(random.nextLong());
        };
    tell(
        new Write.Content.Unreadable(kind),
        () ->
            machine.commit.commit(
                COLLECTION.id(), null, id -> new EncodedDelta(id, bytes, Checksum.of(bytes), 1)));
  }

  private void tell(Write.Content content, Supplier<Receipt> commit) {
    Write write = history.begin(content);
    writing.begins(write);
    try {
      history.acknowledged(write, commit.get().sequence());
    } catch (UnavailableException e) {
      write.refuse();
      throw e;
    } catch (CorruptDataException e) {
      if (!write.is(Write.Kind.POISON)) {
        throw e;
      }
    }
  }
}
