package dev.siltstone.simulation;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Draws what happens to each call. Other actors may go before the call and before its answer. */
public final class FaultyWire implements Wire {
  /** What can happen to a call. */
  public enum Fate {
    ANSWERED,
    REFUSED,
    CONFLICT,
    LOST,
    LATE,
    NEVER,
    CRASHED_BEFORE,
    CRASHED_AFTER,
    /** Stood still before the call, whatever else happened to it. */
    PAUSED
  }

  private static final Pattern ARRAY = Pattern.compile("\\[B@[0-9a-f]+");

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
      counts.merge(Fate.PAUSED, 1, Integer::sum);
      standStill();
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
        simulation.add("late " + call.name(), () -> later(call, effect));
        throw noted(call, fate, new OutcomeUnknownException(text(call, fate)));
      }
      case CONFLICT, NEVER ->
          throw noted(call, fate, new OutcomeUnknownException(text(call, fate)));
      case CRASHED_BEFORE -> throw simulation.crash();
      case CRASHED_AFTER -> {
        answered(call, effect);
        throw simulation.crash();
      }
      case PAUSED -> throw new AssertionError("a pause is nobody's fate");
    };
  }

  private <T> T answered(Call call, Supplier<T> effect) {
    T answer = effect.get();
    simulation.note(
        () -> "%s %s -> %.160s".formatted(call.name(), call.subject(), inWords(answer)));
    simulation.pause();
    return answer;
  }

  private void later(Call call, Supplier<?> effect) {
    standStill();
    answered(call, effect);
  }

  private void standStill() {
    simulation
        .clock()
        .sleep(Duration.ofNanos(random.nextLong(1 + faults.longestPause().toNanos())));
  }

  private Fate draw(Call call) {
    if (happens(faults.refused())) {
      return Fate.REFUSED;
    }
    if (call.write() && happens(faults.conflict())) {
      return Fate.CONFLICT;
    }
    if (call.write() && happens(faults.lost())) {
      return Fate.LOST;
    }
    if (call.write() && happens(faults.late())) {
      return random.nextBoolean() ? Fate.LATE : Fate.NEVER;
    }
    if (happens(faults.crashed())) {
      return random.nextBoolean() ? Fate.CRASHED_BEFORE : Fate.CRASHED_AFTER;
    }
    return Fate.ANSWERED;
  }

  private boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** Without what differs from run to run: the identity of an array. */
  private static String inWords(Object answer) {
    return ARRAY.matcher(answer.toString()).replaceAll("bytes");
  }

  private <E extends RuntimeException> E noted(Call call, Fate fate, E exception) {
    simulation.note(text(call, fate));
    return exception;
  }

  private static String text(Call call, Fate fate) {
    return "%s %s %s".formatted(call.name(), call.subject(), fate);
  }
}
