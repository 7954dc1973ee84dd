package dev.siltstone.simulated;

import dev.siltstone.identity.OperationId;
import dev.siltstone.ingest.QueuedWrite;
import dev.siltstone.ingest.WriteBatch;
import dev.siltstone.simulation.Wire;
import dev.siltstone.simulation.Wire.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The ingest queue at its worst: it hides nothing from a second receiver, it delivers in any order,
 * one message twice, and some once more after they were deleted.
 */
final class WriteQueue {
  private static final int MOST = 4;
  private static final int ONE_IN = 8;

  private final Wire wire;
  private final FaultCounts counts;
  private final Map<Message, Integer> deliveries = new LinkedHashMap<>();
  private final Map<Message, Boolean> deleted = new LinkedHashMap<>();

  /** A payload, and the write that it is for the model. */
  record Message(QueuedWrite payload, Write write) {}

  WriteQueue(Wire wire, FaultCounts counts) {
    this.wire = wire;
    this.counts = counts;
  }

  /** A client has sent a write. */
  void send(WriteBatch batch, History history) {
    Write write = history.begin(new Write.Content.Operations(Batches.operations(batch)));
    OperationId id = new OperationId("write-" + deliveries.size());
    deliveries.put(new Message(new QueuedWrite(id, batch), write), 0);
    counts.add("queued write");
  }

  /** Some messages, for one taker. */
  List<Message> receive(Random random) {
    return wire.call(new Call("receiveWrites", "", false), () -> drawn(random));
  }

  private List<Message> drawn(Random random) {
    List<Message> received = new ArrayList<>(waiting());
    deleted.keySet().stream().filter(_ -> random.nextInt(ONE_IN) == 0).forEach(received::add);
    if (!received.isEmpty() && random.nextInt(ONE_IN) == 0) {
      received.add(received.getFirst());
    }
    Collections.shuffle(received, random);
    List<Message> some = received.subList(0, Math.min(1 + random.nextInt(MOST), received.size()));
    some.forEach(this::delivered);
    return List.copyOf(some);
  }

  private void delivered(Message message) {
    if (deliveries.merge(message, 1, Integer::sum) > 1) {
      counts.add("queued write delivered again");
    }
  }

  /** A message was dealt with. */
  void delete(Message message) {
    wire.call(
        new Call("deleteWrite", message.payload().id().value(), true),
        () -> deleted.put(message, true));
  }

  /** Messages that nobody has deleted, in the order in which they were sent. */
  List<Message> waiting() {
    return deliveries.keySet().stream().filter(each -> !deleted.containsKey(each)).toList();
  }

  /** What was ever sent. */
  List<Write> writes() {
    return deliveries.keySet().stream().map(Message::write).toList();
  }
}
