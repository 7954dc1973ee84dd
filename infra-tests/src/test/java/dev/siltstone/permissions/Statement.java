package dev.siltstone.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * One statement of a policy, evaluated as IAM evaluates it. Knows the elements and operators that
 * the stack uses; any other is an error, never a guess.
 *
 * @param sid its name; empty if it has none
 * @param denies whether it denies; else it allows
 */
record Statement(
    String sid,
    boolean denies,
    List<String> actions,
    List<String> resources,
    List<Condition> conditions) {

  static Statement parse(JsonNode json) {
    json.fieldNames().forEachRemaining(Statement::checkElement);
    String effect = json.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new AssertionError("unknown effect: " + json);
    }
    List<Condition> conditions = new ArrayList<>();
    json.path("Condition")
        .properties()
        .forEach(operator ->
            operator
                .getValue()
                .properties()
                .forEach(key ->
                    conditions.add(
                        new Condition(operator.getKey(), key.getKey(), texts(key.getValue())))));
    return new Statement(
        json.path("Sid").asText(""),
        effect.equals("Deny"),
        texts(json.get("Action")),
        texts(json.get("Resource")),
        conditions);
  }

  private static void checkElement(String name) {
    if (!List.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition").contains(name)) {
      throw new AssertionError("unknown element: " + name);
    }
  }

  private static List<String> texts(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(oneOrMany.asText());
  }

  /** Whether this statement has anything to say about a call. */
  boolean matches(Call call) {
    String action = call.action().toLowerCase(Locale.ROOT);
    return actions.stream().anyMatch(one -> Wildcard.matches(one.toLowerCase(Locale.ROOT), action))
        && resources.stream().anyMatch(one -> Wildcard.matches(one, call.resource()))
        && conditions.stream().allMatch(condition -> condition.holds(call));
  }
}
