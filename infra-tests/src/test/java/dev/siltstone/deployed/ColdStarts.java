package dev.siltstone.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Cold starts of one function in one way, measured one at a time. */
final class ColdStarts {
  private final String name;
  private final StartMode mode;
  private final FunctionConfig config;
  private final Map<String, Object> event;
  private final List<Long> inits = new ArrayList<>();
  private final List<Long> firsts = new ArrayList<>();
  private final List<Long> sums = new ArrayList<>();
  private final List<Long> processors = new ArrayList<>();

  /**
   * @param name the first cells of its row
   * @param event the first one, which must succeed
   */
  ColdStarts(String name, StartMode mode, FunctionConfig config, Map<String, Object> event) {
    this.name = name;
    this.mode = mode;
    this.config = mode.applied(config);
    this.event = event;
  }

  /** One more. */
  void start(Account account) throws Exception {
    long start = System.nanoTime();
    long processorBefore = 0;
    try (Sandbox sandbox = account.start(config, mode.commandLine())) {
      if (mode == StartMode.RESTORED) {
        sandbox.api().checkpointed().join();
        processorBefore = sandbox.processorTime().toNanos();
        start = System.nanoTime();
        sandbox.api().restore();
      }
      String failure = sandbox.awaitInitialised();
      if (!failure.isEmpty()) {
        throw new AssertionError(failure);
      }
      long ready = System.nanoTime();
      JsonNode _ = sandbox.invoke(event);
      long answered = System.nanoTime();
      inits.add(ready - start);
      firsts.add(answered - ready);
      sums.add(answered - start);
      processors.add(sandbox.processorTime().toNanos() - processorBefore);
    }
  }

  /** Its row of the table, with medians. */
  String row() {
    return "| %s | %s | %d | %d | %d | %d |"
        .formatted(name, mode, median(inits), median(firsts), median(sums), median(processors));
  }

  private static long median(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return TimeUnit.NANOSECONDS.toMillis(sorted.get(sorted.size() / 2));
  }
}
