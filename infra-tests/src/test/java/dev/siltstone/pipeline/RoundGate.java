package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Holds every call to a service until all calls of the same round trip have been made, and only
 * then lets them go on together. So it does not matter who is scheduled when: a call that waits for
 * another one's answer is in a later round, and one that does not is in the same.
 */
final class RoundGate implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  /** What a store knows without asking. */
  private static final Set<String> NO_CALLS = Set.of("localPath");

  private final ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> held = new ArrayList<>();
  private CompletableFuture<Void> release = new CompletableFuture<>();
  private boolean closed = true;
  private int calls;

  /** The service behind this gate. */
  <T> T before(Class<T> seam, T service) {
    return seam.cast(
        Proxy.newProxyInstance(
            seam.getClassLoader(),
            new Class<?>[] {seam},
            (_, method, arguments) -> {
              if (!NO_CALLS.contains(method.getName())) {
                hold(seam.getSimpleName() + "." + method.getName()).join();
              }
              try {
                return method.invoke(service, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Begins something whose calls are held. */
  <T> CompletableFuture<T> begin(Callable<T> work) {
    calls = 0;
    CompletableFuture<T> result = new CompletableFuture<>();
    caller.execute(() -> {
      try {
        result.complete(work.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return result;
  }

  /**
   * Waits until so many calls are held, and lets them go on: one round trip. Fewer calls, because
   * some of them wait for the others' answers, or more, fail.
   */
  Map<String, Long> round(int expected) throws InterruptedException {
    Map<String, Long> names = new TreeMap<>();
    synchronized (held) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (held.size() < expected && System.nanoTime() < deadline) {
        held.wait(100);
      }
      assertThat(held).hasSize(expected);
      held.forEach(name -> names.merge(name, 1L, Long::sum));
      held.clear();
      release.complete(null);
      release = new CompletableFuture<>();
    }
    return names;
  }

  /** The answer, which must come without another call. */
  <T> T answer(CompletableFuture<T> work, int rounds, int allCalls) throws Exception {
    T answer = work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    synchronized (held) {
      assertThat(held).as("calls after %d rounds", rounds).isEmpty();
      assertThat(calls).isEqualTo(allCalls);
    }
    return answer;
  }

  /** From now on no call is held. */
  void open() {
    synchronized (held) {
      closed = false;
      release.complete(null);
    }
  }

  /** From now on calls are held again. */
  void shut() {
    synchronized (held) {
      closed = true;
      release = new CompletableFuture<>();
    }
  }

  private CompletableFuture<Void> hold(String call) {
    synchronized (held) {
      calls++;
      if (!closed) {
        return CompletableFuture.completedFuture(null);
      }
      held.add(call);
      held.notifyAll();
      return release;
    }
  }

  @Override
  public void close() {
    open();
    caller.close();
  }
}
