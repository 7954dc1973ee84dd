package dev.siltstone.local.http;

import dev.siltstone.failure.UnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Who reads requests and who answers them. As a rule one of a few threads does both, without
 * handing anything over. While all of these are taken, perhaps by clients that are slow to send or
 * to read, a request is read and its answer sent by a virtual thread, which costs next to nothing
 * while it waits; only the answer itself is made by one of as many other threads, because making it
 * calls native code. So a slow client holds up nobody but himself.
 */
final class Workers implements Executor, AutoCloseable {
  private final Semaphore free;
  private final ExecutorService readAndAnswer;
  private final ExecutorService answer;

  /**
   * Threads that are made when they are first needed.
   *
   * @param workers requests that are read and answered by one thread each, and requests that are
   *     answered beside them
   */
  Workers(int workers) {
    this.free = new Semaphore(workers);
    this.readAndAnswer = pool(workers, "http-");
    this.answer = pool(workers, "http-answer-");
  }

  /** Runs one exchange, from its first byte to its last. */
  @Override
  public void execute(Runnable exchange) {
    if (!free.tryAcquire()) {
      Thread.ofVirtual().name("http-waiting").start(exchange);
      return;
    }
    try {
      readAndAnswer.execute(() -> {
        try {
          exchange.run();
        } finally {
          free.release();
        }
      });
    } catch (RejectedExecutionException e) {
      free.release();
      throw e;
    }
  }

  /** Does the part of an exchange that may compute, call native code, or wait for locks. */
  <T> T answer(Supplier<T> work) {
    if (!Thread.currentThread().isVirtual()) {
      return work.get();
    }
    try {
      return CompletableFuture.supplyAsync(work, answer).join();
    } catch (CompletionException e) {
      throw asThrown(e);
    } catch (RejectedExecutionException e) {
      throw new UnavailableException("The server is stopping", e);
    }
  }

  /** Takes no more, and interrupts those under way. */
  @Override
  public void close() {
    readAndAnswer.shutdownNow();
    answer.shutdownNow();
  }

  private static RuntimeException asThrown(CompletionException e) {
    return switch (e.getCause()) {
      case RuntimeException failure -> failure;
      case Error failure -> throw failure;
      case null, default -> e;
    };
  }

  private static ExecutorService pool(int threads, String name) {
    return Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().name(name, 1).daemon(true).factory());
  }
}
