package dev.siltstone.local.node;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads that leave the processor to whoever answers requests.
 *
 * <p>Java's own thread priorities do nothing on Linux by default, so each thread asks the kernel
 * for a higher nice value. Threads it starts inherit it. Elsewhere the call would concern the whole
 * process, so threads stay as they are.
 */
final class BackgroundThreads implements ThreadFactory {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);

  /** About a ninth of the time of a thread that answers, where both want the same processor. */
  private static final int NICE = 10;

  /** {@code PRIO_PROCESS} with 0 is the calling thread on Linux. */
  private static final int WHICH = 0;

  private final ThreadFactory threads;

  /**
   * Makes daemon threads.
   *
   * @param name before the thread's number
   */
  BackgroundThreads(String name) {
    threads = Thread.ofPlatform().name(name, 1).daemon(true).factory();
  }

  @Override
  public Thread newThread(Runnable work) {
    return threads.newThread(() -> {
      stepBack();
      work.run();
    });
  }

  private static void stepBack() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      return;
    }
    try {
      int refused = (int) setPriority().invokeExact(WHICH, 0, NICE);
      LOG.debug("nice {} for this thread: {}", NICE, refused == 0 ? "granted" : "refused");
    } catch (Throwable e) {
      LOG.debug("this thread keeps its priority", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle setPriority() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("setpriority"),
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));
  }
}
