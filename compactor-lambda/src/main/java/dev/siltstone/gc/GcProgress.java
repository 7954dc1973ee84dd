package dev.siltstone.gc;

/** Told as garbage goes. */
@FunctionalInterface
public interface GcProgress {
  GcProgress NONE = (_, _) -> {};

  /** So many of so many objects are gone. */
  void deleted(long objects, long total);
}
