package dev.siltstone.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The most processor time that one piece of work took of its thread. Unlike a clock it does not
 * count what other programs did meanwhile, so that a bound on it holds on a busy machine.
 */
final class ProcessorTime {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final AtomicLong most = new AtomicLong();

  <T> T of(Supplier<T> work) {
    long start = threads.getCurrentThreadCpuTime();
    try {
      return work.get();
    } finally {
      most.accumulateAndGet(threads.getCurrentThreadCpuTime() - start, Math::max);
    }
  }

  long mostNanos() {
    return most.get();
  }
}
