package dev.siltstone.cdk;

import dev.siltstone.cdk.props.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * Where a store departs from cdk-nag's rules for AWS solutions, and why. The reasons travel in the
 * resources' metadata, where cdk-nag looks for them in any app that contains a store.
 */
final class NagReasons {
  private static final String METADATA = "cdk_nag";
  private static final String RULES = "rules_to_suppress";

  private NagReasons() {}

  static void storage(StoreStorage storage) {
    suppress(
        storage.bucket(),
        "AwsSolutions-S1",
        "Server access logs would be another bucket that costs money while idle, and S3 is reached"
            + " by the functions alone; CloudTrail data events tell more to whoever needs them.");
  }

  static void function(StoreFunction function) {
    suppress(
        function,
        "AwsSolutions-IAM5",
        "Wildcards stand for the ids in object keys below a prefix, for log streams of the"
            + " function's own group, and for actions that know no narrower resource"
            + " (docs/permissions.md has each statement's reason). No action has a wildcard.");
  }

  static void api(StoreApi api, Access access) {
    if (access instanceof Access.Tokens) {
      suppress(
          api,
          "AwsSolutions-APIG4",
          "The functions themselves ask for an access token with every request and check its role"
              + " and scope against the route.");
    }
  }

  static void network(IConstruct vpc) {
    suppress(
        vpc,
        "AwsSolutions-VPC7",
        "Flow logs are billed by traffic, and only S3, DynamoDB and SQS can be reached from here;"
            + " whoever needs them adds them to the network.");
  }

  /** In all resources below a construct that are of the kind that the rule looks at. */
  private static void suppress(IConstruct scope, String rule, String reason) {
    for (IConstruct child : scope.getNode().findAll()) {
      if (child instanceof CfnResource resource) {
        List<Object> rules = new ArrayList<>(suppressed(resource));
        rules.add(Map.of("id", rule, "reason", reason));
        resource.addMetadata(METADATA, Map.of(RULES, rules));
      }
    }
  }

  private static List<?> suppressed(CfnResource resource) {
    return resource.getMetadata(METADATA) instanceof Map<?, ?> metadata
            && metadata.get(RULES) instanceof List<?> rules
        ? rules
        : List.of();
  }
}
