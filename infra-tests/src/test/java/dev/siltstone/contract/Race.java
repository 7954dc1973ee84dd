package dev.siltstone.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Parties that start at the same moment, each on its own thread. */
public final class Race {
  /** As many as the contract speaks of. */
  public static final int PARTIES = 16;

  private Race() {}

  /** What one party does; its number counts from 0. */
  @FunctionalInterface
  public interface Party<T> {
    T run(int number) throws Exception;
  }

  /** Runs the race and returns every party's result; the first failure of a party is thrown. */
  public static <T> List<T> of(int parties, Party<T> party) {
    CyclicBarrier start = new CyclicBarrier(parties);
    List<Callable<T>> all = new ArrayList<>();
    for (int i = 0; i < parties; i++) {
      int number = i;
      all.add(() -> {
        start.await();
        return party.run(number);
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(parties)) {
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(all)) {
        results.add(each.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a party of the race failed: " + e, e);
    }
  }
}
