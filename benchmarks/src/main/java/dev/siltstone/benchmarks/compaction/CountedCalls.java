package dev.siltstone.benchmarks.compaction;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls of the services beside the store; each is about one request of theirs. */
final class CountedCalls {
  private final LongAdder calls = new LongAdder();

  long sum() {
    return calls.sum();
  }

  <T> T counting(Class<T> seam, T service) {
    return seam.cast(
        Proxy.newProxyInstance(
            seam.getClassLoader(),
            new Class<?>[] {seam},
            (_, method, arguments) -> {
              calls.increment();
              try {
                return method.invoke(service, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
