package dev.siltstone.simulated;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The command: runs many schedules and counts what was done to them, replays one with everything
 * that happens in it, or shows how many seeds it takes to find each planted bug.
 */
public final class Simulate {
  private static final String USAGE =
      "usage: schedules COUNT [FIRST_SEED [THREADS]] | replay SEED [BUG] | bugs [SEEDS [BUG...]]";

  /** More threads for actors than run at a time would only wake each other up. */
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

  private static final long REPORT_EVERY = 1_000;

  private final long first;
  private final long count;
  private final AtomicLong next;
  private final FaultCounts counts = new FaultCounts();
  private final long startNanos = System.nanoTime();

  private Simulate(long first, long count) {
    this.first = first;
    this.count = count;
    this.next = new AtomicLong(first);
  }

  /** Ends with status 1 if a schedule failed or a planted bug was not found. */
  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
    System.setProperty(CARRIERS, "1");
    String command = arguments.length == 0 ? "" : arguments[0];
    boolean good =
        switch (command) {
          case "schedules" ->
              new Simulate(number(arguments, 2, 0), number(arguments, 1, 1_000))
                  .schedules((int) number(arguments, 3, 1));
          case "replay" -> replay(number(arguments, 1, 0), arguments);
          case "bugs" -> bugs(number(arguments, 1, 5_000), arguments);
          default -> {
            System.err.println(USAGE);
            yield false;
          }
        };
    System.exit(good ? 0 : 1);
  }

  private static long number(String[] arguments, int index, long otherwise) {
    return arguments.length > index ? Long.parseLong(arguments[index]) : otherwise;
  }

  private static boolean replay(long seed, String[] arguments) {
    PlantedBug bug = arguments.length > 2 ? PlantedBug.valueOf(arguments[2]) : PlantedBug.NONE;
    System.out.println(new Schedule(seed, bug).trace());
    return true;
  }

  private static boolean bugs(long seeds, String[] arguments) {
    List<String> only =
        Arrays.asList(arguments).subList(Math.min(2, arguments.length), arguments.length);
    boolean all = true;
    for (PlantedBug bug : PlantedBug.values()) {
      if (bug != PlantedBug.NONE && (only.isEmpty() || only.contains(bug.name()))) {
        long seed = -1;
        Optional<String> found = Optional.empty();
        while (found.isEmpty() && ++seed < seeds) {
          found = new Schedule(seed, bug).failure();
        }
        System.out.printf(
            "%-36s %5d seeds: %.160s%n", bug, Math.min(seed + 1, seeds), found.orElse("NOT FOUND"));
        all &= found.isPresent();
      }
    }
    return all;
  }

  private boolean schedules(int threads) throws InterruptedException {
    System.setProperty(CARRIERS, Integer.toString(threads));
    Thread[] workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] = Thread.ofPlatform().start(this::work);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    report(count);
    counts.asMap().forEach((kind, n) -> System.out.printf("%12d  %s%n", n, kind));
    return !counts.asMap().containsKey("FAILED");
  }

  private void work() {
    for (long seed = next.getAndIncrement(); seed < first + count; seed = next.getAndIncrement()) {
      try {
        World.Tale tale = new Schedule(seed, PlantedBug.NONE).run();
        counts.addAll(tale.counts());
        counts.add("- acknowledged writes", tale.acknowledged());
        counts.add("- reads checked", tale.reads());
        counts.add("- publishes", tale.publishes());
        counts.add("- objects deleted", tale.deletes());
      } catch (AssertionError | RuntimeException e) {
        counts.add("FAILED");
        System.out.println("seed " + seed + " FAILED; to see it: replay " + seed);
        e.printStackTrace(System.out);
      }
      if ((seed + 1 - first) % REPORT_EVERY == 0) {
        report(seed + 1 - first);
      }
    }
  }

  private void report(long done) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double cpuMillis = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    System.out.printf(
        "%d schedules in %.1f s: %.1f/s, %.1f ms of CPU each%n",
        done, seconds, done / seconds, cpuMillis / done);
  }
}
