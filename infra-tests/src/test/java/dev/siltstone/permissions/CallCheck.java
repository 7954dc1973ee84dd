package dev.siltstone.permissions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Finds every recorded call of a handler's process allowed, or fails the test. */
public final class CallCheck {
  private CallCheck() {}

  /** The function of a handler's class: {@code query} for {@code …QueryHandler}. */
  public static String function(String handler) {
    String simple = handler.substring(handler.lastIndexOf('.') + 1);
    return simple.replace("Handler", "").toLowerCase(Locale.ROOT);
  }

  /** Fails with the calls that the function of such a stack would have been refused. */
  public static void allAllowed(DeployedStack stack, String function, Path recorded)
      throws IOException {
    if (!DeployedPolicies.areThere() || !Files.exists(recorded)) {
      return;
    }
    Policy policy = DeployedPolicies.of(stack, function);
    requireAllowed(
        "the deployed %s (stack %s)".formatted(function, stack.id()), policy, Call.read(recorded));
  }

  /**
   * Fails if a person who is allowed these actions would have been refused, or does not need one of
   * them.
   */
  public static void allNeeded(DeployedStack stack, Set<String> actions, Path recorded)
      throws IOException {
    List<Call> calls = Call.read(recorded);
    Set<String> needed = new TreeSet<>();
    calls.forEach(call -> needed.add(call.action()));
    if (!needed.equals(new TreeSet<>(actions))) {
      throw new AssertionError("needed are " + needed + ", expected " + new TreeSet<>(actions));
    }
    if (DeployedPolicies.areThere()) {
      requireAllowed("a person", DeployedPolicies.ofPerson(stack, actions), calls);
    }
  }

  private static void requireAllowed(String who, Policy policy, List<Call> calls) {
    List<String> refused =
        calls.stream()
            .filter(call -> !(policy.decide(call) instanceof Policy.Decision.Allowed))
            .map(call -> call + " → " + policy.decide(call))
            .toList();
    if (!refused.isEmpty()) {
      throw new AssertionError(
          "%s would be refused:\n%s".formatted(who, String.join("\n", refused)));
    }
  }
}
