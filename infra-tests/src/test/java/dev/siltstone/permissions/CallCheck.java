package dev.siltstone.permissions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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
    List<String> refused =
        Call.read(recorded).stream()
            .filter(call -> !(policy.decide(call) instanceof Policy.Decision.Allowed))
            .map(call -> call + " → " + policy.decide(call))
            .toList();
    if (!refused.isEmpty()) {
      throw new AssertionError(
          "the deployed %s (stack %s) would be refused:\n%s"
              .formatted(function, stack.id(), String.join("\n", refused)));
    }
  }
}
