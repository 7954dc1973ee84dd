package dev.siltstone.simulated;

import org.jspecify.annotations.Nullable;

/**
 * The first thing that must not happen and did. Kept, because the code under test may swallow what
 * is thrown where it was found.
 */
final class Violations {
  private @Nullable String first;

  /** Notes a violation; the caller throws the result. */
  AssertionError found(String what) {
    if (first == null) {
      first = what;
    }
    return new AssertionError(what);
  }

  void require(boolean holds, String what, @Nullable Object... details) {
    if (!holds) {
      throw found(what.formatted(details));
    }
  }

  /** Throws what was found, if anything was. */
  void check() {
    if (first != null) {
      throw new AssertionError(first);
    }
  }
}
