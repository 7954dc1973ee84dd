package dev.siltstone.fault;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.PutResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Decides what befalls each call of the decorators that share it. Calls are known by the name of
 * their method. Faults come from a script, in order, or else by chance from a seed: the same seed
 * and the same calls give the same faults.
 */
public final class Faults {
  private static final Set<Fault> OF_READS = EnumSet.of(Fault.THROTTLED);
  private static final Set<Fault> OF_WRITES =
      EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.MET_ITSELF));
  private static final Set<Fault> OF_PUTS = EnumSet.complementOf(EnumSet.of(Fault.NONE));

  private final SplittableRandom random;
  private final double rate;
  private final Map<String, Deque<Fault>> script = new HashMap<>();
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
  private final List<String> calls = new ArrayList<>();
  private final List<Supplier<?>> late = new ArrayList<>();

  private Faults(long seed, double rate) {
    this.random = new SplittableRandom(seed);
    this.rate = rate;
  }

  /** Only what is scripted. */
  public static Faults scripted() {
    return new Faults(0, 0);
  }

  /** Each call without a script fails with probability {@code rate}, in any way that it can. */
  public static Faults random(long seed, double rate) {
    return new Faults(seed, rate);
  }

  /** The next calls of this method meet these faults, in order. */
  public synchronized Faults next(String method, Fault... faults) {
    script.computeIfAbsent(method, _ -> new ArrayDeque<>()).addAll(List.of(faults));
    return this;
  }

  /** Lets every late request arrive, in the order of sending; their answers go nowhere. */
  public void deliverLate() {
    List<Supplier<?>> arriving;
    synchronized (this) {
      arriving = List.copyOf(late);
      late.clear();
    }
    arriving.forEach(Faults::unheard);
  }

  /** How often each fault has struck. */
  public synchronized Map<Fault, Integer> injected() {
    return Map.copyOf(injected);
  }

  /** The methods called so far, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  <T> T read(String method, Supplier<T> effect) {
    return struck(method, decide(method, OF_READS), effect);
  }

  <T> T write(String method, Supplier<T> effect) {
    return struck(method, decide(method, OF_WRITES), effect);
  }

  void run(String method, Runnable effect) {
    write(
        method,
        () -> {
          effect.run();
          return method;
        });
  }

  PutResult put(String method, Supplier<PutResult> effect) {
    Fault fault = decide(method, OF_PUTS);
    if (fault == Fault.MET_ITSELF) {
      unheard(effect);
      return new PutResult.ConditionFailed();
    }
    return struck(method, fault, effect);
  }

  private <T> T struck(String method, Fault fault, Supplier<T> effect) {
    return switch (fault) {
      case NONE -> effect.get();
      case THROTTLED, CONFLICT ->
          throw new UnavailableException(method + " met a fault: " + fault, null);
      case LOST_REQUEST -> throw unknown(method, fault);
      case LOST_ANSWER -> {
        unheard(effect);
        throw unknown(method, fault);
      }
      case LATE -> {
        postpone(effect);
        throw unknown(method, fault);
      }
      case MET_ITSELF -> throw new IllegalArgumentException(method + " is no conditional put");
    };
  }

  private synchronized Fault decide(String method, Set<Fault> possible) {
    calls.add(method);
    Deque<Fault> scripted = script.get(method);
    Fault fault = Fault.NONE;
    if (scripted != null && !scripted.isEmpty()) {
      fault = scripted.remove();
    } else if (random.nextDouble() < rate) {
      fault = List.copyOf(possible).get(random.nextInt(possible.size()));
    }
    if (fault != Fault.NONE) {
      injected.merge(fault, 1, Integer::sum);
    }
    return fault;
  }

  private synchronized void postpone(Supplier<?> effect) {
    late.add(effect);
  }

  private static OutcomeUnknownException unknown(String method, Fault fault) {
    return new OutcomeUnknownException(method + " met a fault: " + fault);
  }

  private static void unheard(Supplier<?> effect) {
    try {
      var _ = effect.get();
    } catch (SiltstoneException e) {
      // A failure is an answer too, and nobody hears it.
      return;
    }
  }
}
