package dev.siltstone.permissions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which parts of a function's permissions its calls needed: of each statement every action, and
 * every resource or leading key.
 */
public final class GrantsInUse {
  private static final String LEADING_KEYS = "dynamodb:LeadingKeys";

  private final Policy policy;
  private final Set<String> used = new LinkedHashSet<>();

  private GrantsInUse(Policy policy) {
    this.policy = policy;
  }

  /** What a function of a stack is granted and the calls in these files did not need. */
  public static Set<String> unused(DeployedStack stack, String function, List<Path> recorded)
      throws IOException {
    GrantsInUse grants = new GrantsInUse(DeployedPolicies.of(stack, function));
    for (Path calls : recorded) {
      grants.add(Call.read(calls));
    }
    return grants.unused();
  }

  private void add(List<Call> calls) {
    for (Call call : calls) {
      if (policy.decide(call) instanceof Policy.Decision.Allowed allowed) {
        allowed.by().forEach(statement -> use(statement, call));
      }
    }
  }

  private void use(Statement statement, Call call) {
    used.add(part(statement, call.action()));
    for (String target : targets(statement)) {
      boolean meant =
          isLeadingKey(statement)
              ? call.context().getOrDefault(LEADING_KEYS, List.of()).stream()
                  .anyMatch(key -> Wildcard.matches(target, key))
              : Wildcard.matches(target, call.resource());
      if (meant) {
        used.add(part(statement, target));
      }
    }
  }

  /** {@code statement: action} and {@code statement: target} of all that nothing needed. */
  private Set<String> unused() {
    Set<String> unused = new TreeSet<>();
    for (Statement statement : policy.statements()) {
      if (!statement.denies()) {
        statement.actions().forEach(action -> unused.add(part(statement, action)));
        targets(statement).forEach(target -> unused.add(part(statement, target)));
      }
    }
    unused.removeAll(used);
    return unused;
  }

  /** What the statement distinguishes: items, or objects. */
  private static List<String> targets(Statement statement) {
    return statement.conditions().stream()
        .filter(condition ->
            condition.key().equals(LEADING_KEYS) && !condition.operator().equals("Null"))
        .map(Condition::values)
        .findFirst()
        .orElse(statement.resources());
  }

  private static boolean isLeadingKey(Statement statement) {
    return statement.conditions().stream()
        .anyMatch(condition -> condition.key().equals(LEADING_KEYS));
  }

  private static String part(Statement statement, String part) {
    return statement.sid() + ": " + part;
  }
}
