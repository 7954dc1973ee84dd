package dev.siltstone.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.deployed.RuntimeApi.Answer;
import dev.siltstone.emulators.AwsFamily;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Lambda's event source for a queue: receives batches, invokes, and deletes the messages that
 * succeeded. Those of a failed invocation, and those that a function names in {@code
 * batchItemFailures}, come again when their visibility timeout is over. Loses a message now and
 * then, if asked, before anybody has seen it.
 */
final class SqsSource implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Shorter than a stack's, so that what a killed function held comes again within the test. */
  private static final int VISIBILITY_SECONDS = 20;

  private final AwsFamily family;
  private final int batchSize;
  private final int losesEvery;
  private final ExecutorService threads;
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger invocations = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Starts delivering, as many invocations at once as there are sandboxes.
   *
   * @param sandboxes the present sandbox of each place: one may be replaced
   * @param losesEvery one message of so many is lost; 0 for none
   */
  SqsSource(AwsFamily family, JsonNode mapping, List<Supplier<Sandbox>> sandboxes, int losesEvery) {
    this.family = family;
    this.batchSize = mapping.path("BatchSize").asInt();
    this.losesEvery = losesEvery;
    this.threads = Executors.newFixedThreadPool(sandboxes.size());
    if (!mapping.path("FunctionResponseTypes").toString().contains("ReportBatchItemFailures")) {
      throw new AssertionError("the template asks for no partial answers: " + mapping);
    }
    sandboxes.forEach(sandbox -> threads.execute(() -> deliver(sandbox)));
  }

  private void deliver(Supplier<Sandbox> sandbox) {
    try {
      while (!closed) {
        List<Message> batch = receive();
        if (!batch.isEmpty()) {
          invocations.incrementAndGet();
          delete(batch, failed(sandbox.get().send(event(batch)), batch));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Message> receive() {
    List<Message> kept = new ArrayList<>();
    List<Message> batch =
        family
            .sqs()
            .receiveMessage(b ->
                b.queueUrl(family.queueUrl())
                    .maxNumberOfMessages(batchSize)
                    .visibilityTimeout(VISIBILITY_SECONDS)
                    .waitTimeSeconds(1))
            .messages();
    for (Message message : batch) {
      if (losesEvery > 0 && received.incrementAndGet() % losesEvery == 0) {
        delete(List.of(message), Set.of());
      } else {
        kept.add(message);
      }
    }
    return kept;
  }

  private static Map<String, Object> event(List<Message> batch) {
    return Map.of(
        "Records",
        batch.stream()
            .map(message ->
                Map.of(
                    "messageId", message.messageId(),
                    "receiptHandle", message.receiptHandle(),
                    "eventSource", "aws:sqs",
                    "attributes", message.attributesAsStrings(),
                    "body", message.body()))
            .toList());
  }

  private Set<String> failed(Answer answer, List<Message> batch) {
    Set<String> failed = new HashSet<>();
    try {
      if (answer.failed()) {
        batch.forEach(message -> failed.add(message.messageId()));
      } else {
        JSON.readTree(answer.body())
            .path("batchItemFailures")
            .forEach(item -> failed.add(item.path("itemIdentifier").asText()));
      }
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
    failures.addAndGet(failed.size());
    return failed;
  }

  private void delete(List<Message> batch, Set<String> kept) {
    for (Message message : batch) {
      if (!kept.contains(message.messageId())) {
        delete(message);
      }
    }
  }

  /** A message whose time was up comes again; the emulator refuses its handle by then. */
  private void delete(Message message) {
    try {
      family
          .sqs()
          .deleteMessage(b -> b.queueUrl(family.queueUrl()).receiptHandle(message.receiptHandle()));
    } catch (SqsException e) {
      late.incrementAndGet();
    }
  }

  int invocations() {
    return invocations.get();
  }

  /** Messages that were delivered again, because they failed or took too long. */
  int deliveredAgain() {
    return failures.get() + late.get();
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(Duration.ofMinutes(5).toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("an invocation does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
