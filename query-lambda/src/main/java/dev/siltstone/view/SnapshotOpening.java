package dev.siltstone.view;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Generation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One attempt to open a snapshot, which any number of reads may wait for and none interrupts. */
final class SnapshotOpening {
  /** How an attempt stands. */
  sealed interface State {
    /** The live view stands on it. */
    record Done() implements State {}

    /** Its files are still being fetched. */
    record UnderWay() implements State {}

    /** Missing, damaged even after another fetch, or out of reach. */
    record Failed(Throwable cause) implements State {}
  }

  private static final State DONE = new State.Done();
  private static final State UNDER_WAY = new State.UnderWay();

  private final CollectionId collection;
  private final Generation generation;
  private final long beganAtNanos;
  private final CompletableFuture<State> end = new CompletableFuture<>();
  private volatile long endedAtNanos;

  SnapshotOpening(CollectionId collection, Generation generation, long beganAtNanos) {
    this.collection = collection;
    this.generation = generation;
    this.beganAtNanos = beganAtNanos;
  }

  Generation generation() {
    return generation;
  }

  long beganAtNanos() {
    return beganAtNanos;
  }

  /** Ends the attempt; a cause means that it failed. */
  void end(@Nullable Throwable cause, long nanoTime) {
    endedAtNanos = nanoTime;
    end.complete(cause == null ? DONE : new State.Failed(cause));
  }

  State state() {
    return end.getNow(UNDER_WAY);
  }

  /** How it stands when it has ended or the time is up. */
  State await(Duration longest) {
    try {
      return end.get(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return UNDER_WAY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while a snapshot was being opened", e);
    } catch (ExecutionException e) {
      throw new AssertionError("an attempt ends with a state", e);
    }
  }

  /** Whether it failed so lately that trying again now would only repeat it. */
  boolean failedWithin(Duration time, long nanoTime) {
    return state() instanceof State.Failed && nanoTime - endedAtNanos < time.toNanos();
  }

  /** The refusal of a read that needed this snapshot. */
  UnavailableException refusal(ReadPatience patience) {
    return switch (state()) {
      case State.Failed(Throwable cause) ->
          new UnavailableException(
              "snapshot %s of collection %s cannot be opened; it is tried again"
                  .formatted(generation, collection),
              patience.afterFailure(),
              cause);
      case State.UnderWay _, State.Done _ ->
          new UnavailableException(
              "snapshot %s of collection %s is still being fetched; try again"
                  .formatted(generation, collection),
              patience.afterFailure(),
              null);
    };
  }
}
