package dev.siltstone.simulation;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Draws what happens to each call. Other actors may go before the call and before its answer. */
public final class FaultyWire implements Wire {
  /** What can happen to a call. */
  public enum Fate {
    ANSWERED,
    REFUSED,
    LOST,
    LATE,
    CRASHED_BEFORE,
    CRASHED_AFTER
  }

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Simulation simulation;
  private final RandomGenerator random;
  private final Faults faults;
  private final Map<Fate, Integer> counts = new EnumMap<>(Fate.class);

  public FaultyWire(Simulation simulation, RandomGenerator random, Faults faults) {
    this.simulation = simulation;
    this.random = random;
    this.faults = faults;
  }

  /** How many calls met which fate. */
  public Map<Fate, Integer> counts() {
    return Map.copyOf(counts);
  }

  @Override
  public <T> T call(Call call, Supplier<T> effect) {
    simulation.checkAlive();
    if (happens(faults.paused())) {
      simulation.clock().sleep(Duration.ofNanos(random.nextLong(LONGEST_PAUSE.toNanos())));
    }
    simulation.pause();
    Fate fate = draw(call);
    counts.merge(fate, 1, Integer::sum);
    return switch (fate) {
      case ANSWERED -> answered(call, effect);
      case REFUSED -> throw noted(call, fate, new UnavailableException(text(call, fate), null));
      case LOST -> {
        answered(call, effect);
        throw noted(call, fate, new OutcomeUnknownException(text(call, fate)));
      }
      case LATE -> {
        if (random.nextBoolean()) {
          simulation.add("late " + call.name(), () -> later(call, effect));
        }
        throw noted(call, fate, new OutcomeUnknownException(text(call, fate)));
      }
      case CRASHED_BEFORE -> throw simulation.crash();
      case CRASHED_AFTER -> {
        answered(call, effect);
        throw simulation.crash();
      }
    };
  }

  private <T> T answered(Call call, Supplier<T> effect) {
    T answer = effect.get();
    simulation.note("%s %s -> %.100s".formatted(call.name(), call.subject(), answer));
    simulation.pause();
    return answer;
  }

  private void later(Call call, Supplier<?> effect) {
    simulation.clock().sleep(Duration.ofNanos(random.nextLong(LONGEST_PAUSE.toNanos())));
    answered(call, effect);
  }

  private Fate draw(Call call) {
    if (happens(faults.refused())) {
      return Fate.REFUSED;
    }
    if (call.write() && happens(faults.lost())) {
      return Fate.LOST;
    }
    if (call.write() && happens(faults.late())) {
      return Fate.LATE;
    }
    if (happens(faults.crashed())) {
      return random.nextBoolean() ? Fate.CRASHED_BEFORE : Fate.CRASHED_AFTER;
    }
    return Fate.ANSWERED;
  }

  private boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  private <E extends RuntimeException> E noted(Call call, Fate fate, E exception) {
    simulation.note(text(call, fate));
    return exception;
  }

  private static String text(Call call, Fate fate) {
    return "%s %s %s".formatted(call.name(), call.subject(), fate);
  }
}
