package dev.siltstone.local.node;

/**
 * Gives memory back to the system when the work that needed it is done: the collector of the small
 * heap only shrinks it in a full collection, which nothing else asks for while the process rests.
 */
final class HeapRelease implements Runnable {
  /** A heap so small is not worth a pause of some tens of milliseconds. */
  private static final long WORTH_BYTES = 128L << 20;

  private final Runtime runtime;

  HeapRelease(Runtime runtime) {
    this.runtime = runtime;
  }

  @Override
  public void run() {
    if (runtime.totalMemory() > WORTH_BYTES) {
      runtime.gc();
    }
  }
}
