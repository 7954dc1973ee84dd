package dev.siltstone.simulation;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A wire on which a test says, call by call, what happens; what is not scripted is answered. */
public final class ScriptedWire implements Wire {
  private final Map<String, Deque<Step>> script = new HashMap<>();
  private final List<String> calls = new ArrayList<>();

  private interface Step {
    <T> T call(Supplier<T> effect);
  }

  /** The names of all calls so far, in order. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  public long count(String name) {
    return calls.stream().filter(name::equals).count();
  }

  /** The next call of this name is answered. */
  public ScriptedWire answer(String name) {
    return next(
        name,
        new Step() {
          @Override
          public <T> T call(Supplier<T> effect) {
            return effect.get();
          }
        });
  }

  /** The next call of this name is refused: certainly no effect. */
  public ScriptedWire refuse(String name) {
    return next(
        name,
        new Step() {
          @Override
          public <T> T call(Supplier<T> effect) {
            throw new UnavailableException("scripted: " + name + " refused", null);
          }
        });
  }

  /** The next call of this name takes effect, and its answer is lost. */
  public ScriptedWire loseAnswer(String name) {
    return next(
        name,
        new Step() {
          @Override
          public <T> T call(Supplier<T> effect) {
            T unheard = effect.get();
            throw new OutcomeUnknownException(
                "scripted: answer to %s lost: %s".formatted(name, unheard));
          }
        });
  }

  /** The next call of this name never arrives, and its caller cannot know. */
  public ScriptedWire loseRequest(String name) {
    return next(
        name,
        new Step() {
          @Override
          public <T> T call(Supplier<T> effect) {
            throw new OutcomeUnknownException("scripted: " + name + " lost");
          }
        });
  }

  /** Before the next call of this name takes effect, somebody else does something. */
  public ScriptedWire before(String name, Runnable other) {
    return next(
        name,
        new Step() {
          @Override
          public <T> T call(Supplier<T> effect) {
            other.run();
            return effect.get();
          }
        });
  }

  private ScriptedWire next(String name, Step step) {
    script.computeIfAbsent(name, _ -> new ArrayDeque<>()).add(step);
    return this;
  }

  @Override
  public <T> T call(Call call, Supplier<T> effect) {
    calls.add(call.name());
    Step step = script.getOrDefault(call.name(), new ArrayDeque<>()).poll();
    return step == null ? effect.get() : step.call(effect);
  }
}
