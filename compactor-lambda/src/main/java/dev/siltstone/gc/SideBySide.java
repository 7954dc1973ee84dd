package dev.siltstone.gc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Calls that do not depend on each other. */
public final class SideBySide {
  private SideBySide() {}

  /** What each call returned, in their order; the first failure in that order is thrown. */
  public static <T> List<T> run(Executor workers, List<Supplier<T>> calls) {
    List<CompletableFuture<T>> running =
        calls.stream().map(call -> CompletableFuture.supplyAsync(call, workers)).toList();
    try {
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
