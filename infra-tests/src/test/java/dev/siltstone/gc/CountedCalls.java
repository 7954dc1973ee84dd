package dev.siltstone.gc;

import dev.siltstone.aws.AwsCallCounter.Counts;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.local.cost.Calls;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a family's clients ask of the services, in the terms of the cost model. */
record CountedCalls(AwsFamily family) {
  /** What a step asks for, by service and operation. */
  Map<String, Long> calls(Runnable step) {
    Counts before = family.counter().counts();
    step.run();
    return new TreeMap<>(family.counter().counts().since(before).calls());
  }

  /** The model's calls, as whole numbers. */
  static Map<String, Long> whole(Calls calls) {
    Map<String, Long> whole = new TreeMap<>();
    calls.byName().forEach((name, count) -> whole.put(name, Math.round(count)));
    return whole;
  }
}
