package dev.siltstone.simulated;

import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.ingest.Ingestor;
import dev.siltstone.ingest.QueuedOutcome;
import dev.siltstone.ingest.SharedIngestor;
import dev.siltstone.log.Commit;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.OncePlaced;
import dev.siltstone.log.OperationMarks;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.simulated.WriteQueue.Message;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.List;

/** Takes queued writes in with the real ingestor, and deletes those that it says stand. */
final class QueueTaker {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST_SENT = 3;
  private static final int MAX_FINAL_ROUNDS = 20;

  private final Machine machine;
  private final WriteQueue queue;
  private final History history;
  private final ReferenceModel model;
  private final PlantedBug bug;
  private final Batches batches;
  private final SharedIngestor ingestor;
  private List<Message> inHand = List.of();

  QueueTaker(
      Machine machine, WriteQueue queue, History history, ReferenceModel model, PlantedBug bug) {
    this.machine = machine;
    this.queue = queue;
    this.history = history;
    this.model = model;
    this.bug = bug;
    this.batches = new Batches(machine.random);
    Commit commit =
        new Commit(
            new Told(), machine.services.store(), machine.ids, machine.clock, machine.random);
    this.ingestor =
        new Ingestor(
                machine.services.catalog(),
                machine.services.log(),
                commit,
                machine.services.notices(),
                EmbeddingFunctions.NONE,
                IngestLimits.DEFAULT,
                machine.clock,
                Metrics.NONE)
            .shared();
  }

  /** Some clients send, and one delivery is dealt with. */
  void work() {
    for (int i = machine.random.nextInt(1 + MOST_SENT); i > 0; i--) {
      queue.send(batches.next(), history);
    }
    take(queue.receive(machine.random));
  }

  /** Takes all that waits, where nothing goes wrong any more. */
  void drain() {
    for (int i = 0; i < MAX_FINAL_ROUNDS && !queue.waiting().isEmpty(); i++) {
      take(queue.waiting());
    }
  }

  private void take(List<Message> messages) {
    if (bug == PlantedBug.DELETES_QUEUED_WRITES_FIRST) {
      messages.forEach(queue::delete);
    }
    inHand = messages;
    List<QueuedOutcome> outcomes =
        ingestor.ingest(
            messages.stream().map(Message::payload).toList(), Deadline.in(machine.clock, PATIENCE));
    for (int i = 0; i < messages.size(); i++) {
      switch (outcomes.get(i)) {
        case QueuedOutcome.Stands _ -> history.stands(messages.get(i).write());
        case QueuedOutcome.Failed(RuntimeException cause) -> bear(cause);
      }
    }
    for (int i = 0; i < messages.size(); i++) {
      if (outcomes.get(i) instanceof QueuedOutcome.Stands) {
        queue.delete(messages.get(i));
      }
    }
  }

  /** It comes again. */
  private static void bear(RuntimeException cause) {
    if (!(cause instanceof SiltstoneException e) || !World.isBearable(e, false, false)) {
      throw cause;
    }
  }

  /** Tells the model which writes a delta has, as the ids say that are put beside its place. */
  private final class Told extends LogDecorator {
    private Told() {
      super(machine.services.log());
    }

    @Override
    public OncePlaced placeOnce(
        CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
      List<Write> writes =
          inHand.stream()
              .filter(message -> marks.ids().contains(message.payload().id()))
              .map(Message::write)
              .distinct()
              .toList();
      model.uses(writes, entry.delta());
      return super.placeOnce(collection, entry, marks);
    }
  }
}
