package dev.siltstone.gc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Counts the calls that change something, of the seams that are wired to it. When the chosen one
 * comes, its caller dies before it has its effect, and so does whoever calls later. Dying at a call
 * that only reads, or right after a call, leaves the same as dying at the next one that changes
 * something.
 */
public final class Tripwire {
  private final int fatal;
  private final List<String> calls = new ArrayList<>();

  private static final Set<String> READS =
      Set.of(
          "get",
          "getRange",
          "download",
          "listAfter",
          "localPath",
          "collection",
          "read",
          "readHead",
          "collections",
          "countCollections",
          "tombstonesAfter",
          "tenant",
          "database",
          "databases",
          "readAfter",
          "readPlace");

  public Tripwire(int fatal) {
    this.fatal = fatal;
  }

  /** One that only counts. */
  public static Tripwire counting() {
    return new Tripwire(Integer.MAX_VALUE);
  }

  /** The calls so far, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  <T> T wire(Class<T> seam, T behind) {
    Object wired =
        Proxy.newProxyInstance(
            seam.getClassLoader(),
            new Class<?>[] {seam},
            (_, method, arguments) -> {
              if (!READS.contains(method.getName())
                  && count(seam.getSimpleName() + "." + method.getName()) >= fatal) {
                throw new Crash();
              }
              try {
                return method.invoke(behind, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return seam.cast(wired);
  }

  private synchronized int count(String call) {
    calls.add(call);
    return calls.size();
  }
}
