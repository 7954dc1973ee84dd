package dev.siltstone.simulation;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors one at a time. An actor runs until it {@link #pause pauses}, sleeps or ends; who goes
 * next is drawn at random, so the same seed replays the same run. Time stands still while anybody
 * can run and then jumps to the next sleeper's hour.
 *
 * <p>Each actor has a thread of its own for its stack, but never two run at once. Outside of {@link
 * #run} pausing does nothing and sleeping only moves the time, so that a test can use the same
 * services before and after.
 */
public final class Simulation {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RandomGenerator random;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Actor> ready = new ArrayList<>();
  private final @Nullable List<String> trace;
  private final Semaphore scheduler = new Semaphore(0);
  private final Clock clock = new SimulatedClock();
  private @Nullable Actor running;
  private long nanos;

  /**
   * An empty simulation.
   *
   * @param random decides the order; used by one thread at a time
   */
  public Simulation(RandomGenerator random) {
    this(random, new ArrayList<>());
  }

  private Simulation(RandomGenerator random, @Nullable List<String> trace) {
    this.random = random;
    this.trace = trace;
  }

  /** One that notes nothing, which is faster; the same seed with a trace goes the same way. */
  public static Simulation withoutTrace(RandomGenerator random) {
    return new Simulation(random, null);
  }

  /** The actors' clock. */
  public Clock clock() {
    return clock;
  }

  /** Adds an actor; it starts when {@link #run} draws it. Actors may add others. */
  public void add(String name, Runnable body) {
    actors.add(new Actor(name, body));
  }

  /**
   * Runs until every actor has ended. A crashed actor has ended.
   *
   * @throws IllegalStateException if an actor failed otherwise, with its name and the failure
   */
  public void run() {
    while (!actors.isEmpty()) {
      running = draw();
      running.resume();
      scheduler.acquireUninterruptibly();
      Actor ended = running;
      running = null;
      actors.remove(ended);
      ended.rethrow();
    }
  }

  private Actor draw() {
    long earliest = Long.MAX_VALUE;
    for (Actor actor : actors) {
      earliest = Math.min(earliest, actor.wakesAt);
    }
    nanos = Math.max(nanos, earliest);
    ready.clear();
    for (Actor actor : actors) {
      if (actor.wakesAt <= nanos) {
        ready.add(actor);
      }
    }
    return ready.get(random.nextInt(ready.size()));
  }

  /** Lets the simulation draw who goes on; the caller's turn comes again. */
  public void pause() {
    Actor actor = running;
    if (actor != null) {
      actor.yieldTurn();
    }
  }

  /** From here on, nothing that the running actor does reaches a service. */
  public CrashedError crash() {
    Actor actor = running;
    if (actor == null) {
      throw new IllegalStateException("nobody is running who could crash");
    }
    actor.crashed = true;
    return new CrashedError(actor.name);
  }

  /** Whether the running actor has crashed. */
  public boolean hasCrashed() {
    Actor actor = running;
    return actor != null && actor.crashed;
  }

  /** Fails if the running actor has crashed, for instance on a call from a finally block. */
  void checkAlive() {
    Actor actor = running;
    if (actor != null && actor.crashed) {
      throw new CrashedError(actor.name);
    }
  }

  /** Notes what happened, for people who look at a failing seed. */
  public void note(String event) {
    note(() -> event);
  }

  /** Notes what happened; the event is put into words only if there is a trace. */
  public void note(Supplier<String> event) {
    if (trace != null) {
      Actor actor = running;
      trace.add(
          "%12.3f ms  %-12s %s"
              .formatted(nanos / 1e6, actor == null ? "-" : actor.name, event.get()));
    }
  }

  /** What was noted so far, a line each; empty without a trace. */
  public String trace() {
    return trace == null ? "" : String.join("\n", trace);
  }

  private final class SimulatedClock implements Clock {
    @Override
    public Instant now() {
      return START.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      Actor actor = running;
      if (actor == null) {
        nanos += duration.toNanos();
      } else {
        actor.wakesAt = nanos + duration.toNanos();
        actor.yieldTurn();
      }
    }
  }

  private final class Actor {
    private final String name;
    private final Thread thread;
    private final Semaphore turn = new Semaphore(0);
    private long wakesAt;
    private boolean started;
    private boolean crashed;
    private @Nullable Throwable failure;

    private Actor(String name, Runnable body) {
      this.name = name;
      this.wakesAt = nanos;
      this.thread = Thread.ofVirtual().unstarted(() -> live(body));
    }

    private void live(Runnable body) {
      try {
        body.run();
      } catch (RuntimeException | Error e) {
        if (crashed) {
          note("crashed");
        } else {
          failure = e;
        }
      } finally {
        scheduler.release();
      }
    }

    private void resume() {
      if (started) {
        turn.release();
      } else {
        started = true;
        thread.start();
      }
    }

    /** Whoever yields draws, and hands over without waking the scheduler's thread. */
    private void yieldTurn() {
      Actor next = draw();
      if (next != this) {
        running = next;
        next.resume();
        turn.acquireUninterruptibly();
      }
    }

    private void rethrow() {
      if (failure != null) {
        throw new IllegalStateException("actor " + name + " failed", failure);
      }
    }
  }
}
