package dev.siltstone.cdk;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * One statement of a function's role, with its reason. Every statement of a store is one of these,
 * and docs/permissions.md lists them all.
 *
 * @param sid its name in the role's policy
 * @param reason why the function needs it, for people
 * @param actions without wildcards
 * @param resources ARNs
 * @param conditions as a policy has them; empty for none
 */
public record Permission(
    String sid,
    String reason,
    List<String> actions,
    List<String> resources,
    Map<String, Map<String, Object>> conditions) {
  public Permission {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = Map.copyOf(conditions);
    if (Stream.concat(actions.stream(), Stream.of(sid)).anyMatch(text -> text.contains("*"))) {
      throw new IllegalArgumentException("no wildcards in " + sid + ": " + actions);
    }
  }

  static Permission of(String sid, String reason, List<String> actions, String... resources) {
    return new Permission(sid, reason, actions, List.of(resources), Map.of());
  }

  PolicyStatement statement() {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .effect(Effect.ALLOW)
        .actions(actions)
        .resources(resources)
        .conditions(conditions)
        .build();
  }
}
