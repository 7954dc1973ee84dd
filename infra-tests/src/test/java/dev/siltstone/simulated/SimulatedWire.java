package dev.siltstone.simulated;

import dev.siltstone.simulation.FaultyWire;
import dev.siltstone.simulation.Wire;
import java.util.function.Supplier;

/**
 * The wire to all services: faulty while the actors run, perfect for whoever looks from outside of
 * the system, and with somebody who looks after every effect.
 */
final class SimulatedWire implements Wire {
  /** Looks at the services after a call has taken effect there, and before anybody else goes on. */
  interface Observer {
    void after(Call call, Object answer);
  }

  private final FaultyWire faulty;
  private Observer observer = (_, _) -> {};
  private boolean outside;
  private boolean calm;

  SimulatedWire(FaultyWire faulty) {
    this.faulty = faulty;
  }

  void observedBy(Observer watching) {
    observer = watching;
  }

  /** From now on nothing goes wrong any more. */
  void calm() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /** Looks at services without being part of the system: no faults, no turns, no time. */
  <T> T outside(Supplier<T> look) {
    boolean before = outside;
    outside = true;
    try {
      return look.get();
    } finally {
      outside = before;
    }
  }

  @Override
  public <T> T call(Call call, Supplier<T> effect) {
    if (outside) {
      return effect.get();
    }
    return calm ? observed(call, effect) : faulty.call(call, () -> observed(call, effect));
  }

  private <T> T observed(Call call, Supplier<T> effect) {
    T answer = effect.get();
    outside(() -> {
      observer.after(call, answer);
      return answer;
    });
    return answer;
  }
}
