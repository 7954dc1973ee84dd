package dev.siltstone.failure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What came of work on another thread, with its failure as it was thrown there. */
public final class Outcome {
  private Outcome() {}

  /** Waits for the result; a {@link RuntimeException} or {@link Error} of the work is rethrown. */
  public static <T> T of(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
