package dev.siltstone.permissions;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The policies of each {@link DeployedStack}, from its template. */
public final class DeployedPolicies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FUNCTIONS = List.of("producer", "compactor", "query");
  private static final Map<String, String> ARNS =
      Map.of(
          "StorageData", Call.BUCKET,
          "StorageTable", Call.TABLE,
          "StorageNotices", Call.QUEUE,
          "IngestFilesQueue", Call.IMPORT_QUEUE,
          "FunctionsQueryLive", Call.QUERY);

  private DeployedPolicies() {}

  private static final class Made {
    static final Map<DeployedStack, Map<String, Policy>> BY_STACK =
        Stream.of(DeployedStack.values())
            .collect(toMap(stack -> stack, stack -> policies(DeployedTemplates.of(stack))));
  }

  /** Whether the CDK can run here: it needs Node.js. */
  public static boolean areThere() {
    return DeployedTemplates.areThere();
  }

  /** What a function is allowed: {@code producer}, {@code compactor} or {@code query}. */
  static Policy of(DeployedStack stack, String function) {
    Policy policy = Made.BY_STACK.getOrDefault(stack, Map.of()).get(function);
    if (policy == null) {
      throw new AssertionError("no function " + function);
    }
    return policy;
  }

  /** What a person may who is allowed these actions, of what the bucket refuses nobody. */
  static Policy ofPerson(DeployedStack stack, Set<String> actions) {
    Statement allowed =
        new Statement("Person", false, List.copyOf(actions), List.of("*"), List.of());
    return new Policy(
        Stream.concat(
                Stream.of(allowed),
                of(stack, FUNCTIONS.getFirst()).statements().stream().filter(Statement::denies))
            .toList());
  }

  private static Map<String, Policy> policies(JsonNode template) {
    List<Statement> ofBucket = new ArrayList<>();
    Map<String, List<Statement>> ofRoles = new TreeMap<>();
    template
        .get("Resources")
        .properties()
        .forEach(resource -> {
          String type = resource.getValue().path("Type").asText();
          if (type.equals("AWS::S3::BucketPolicy")) {
            ofBucket.addAll(statements(resource.getValue()));
          } else if (type.equals("AWS::IAM::Policy")) {
            ofRoles.put(function(resource.getKey()), statements(resource.getValue()));
          }
        });
    Map<String, Policy> policies = new TreeMap<>();
    ofRoles.forEach((function, own) ->
        policies.put(
            function, new Policy(Stream.concat(own.stream(), ofBucket.stream()).toList())));
    return policies;
  }

  private static String function(String logicalId) {
    return FUNCTIONS.stream()
        .filter(name -> logicalId.toLowerCase(Locale.ROOT).contains("functions" + name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("whose policy is " + logicalId + "?"));
  }

  private static List<Statement> statements(JsonNode resource) {
    List<Statement> statements = new ArrayList<>();
    for (JsonNode statement : plain(resource.at("/Properties/PolicyDocument/Statement"))) {
      statements.add(Statement.parse(statement));
    }
    return statements;
  }

  /** With ARNs in the place of CloudFormation's references. */
  private static JsonNode plain(JsonNode node) {
    if (node.has("Fn::GetAtt")) {
      return JSON.valueToTree(arn(node.at("/Fn::GetAtt/0").asText()));
    }
    if (node.has("Ref")) {
      return JSON.valueToTree(arn(node.get("Ref").asText()));
    }
    if (node.has("Fn::Join")) {
      StringBuilder joined = new StringBuilder();
      plain(node.at("/Fn::Join/1")).forEach(part -> joined.append(part.asText()));
      return JSON.valueToTree(joined.toString());
    }
    if (node.isArray()) {
      var array = JSON.createArrayNode();
      node.forEach(element -> array.add(plain(element)));
      return array;
    }
    if (node.isObject()) {
      var object = JSON.createObjectNode();
      node.properties().forEach(field -> object.set(field.getKey(), plain(field.getValue())));
      return object;
    }
    return node;
  }

  private static String arn(String logicalId) {
    return ARNS.entrySet().stream()
        .filter(known -> logicalId.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("arn:of:" + Pattern.compile("[0-9A-F]{8}$").matcher(logicalId).replaceFirst(""));
  }
}
