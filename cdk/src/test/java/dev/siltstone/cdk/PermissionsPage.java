package dev.siltstone.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes docs/permissions.md: every statement of every policy in a template, with its reason. */
final class PermissionsPage {
  private static final String HEAD =
      """
      # Who may do what

      Every statement of every policy that a store makes, and why it is there. This page is written by
      `PermissionsPageTest` from the synthesised template, and the test fails when the two differ. Other tests run the
      functions' handlers against emulators, record each call and hold it against these statements: none is refused, and none
      of the statements is without use (`FunctionPermissionsTest`; `ForbiddenCallsTest` tries what must be refused). Both
      hold for the default stack by itself and for one with the options that let functions call more.

      Each function has a role of its own with these statements and nothing else; no action has a wildcard. Conditions on
      DynamoDB compare the partition keys (*items*) and all attributes that a request names (*naming*); each also demands
      that there is a key, as `ForAllValues` alone holds for a request without any. IAM cannot tell an attribute that is
      written from one that is only asked for in a condition.
      """;

  private static final String RESOURCES =
      """
      ## The bucket and the queues themselves

      | policy | statement | why |
      |---|---|---|
      | bucket | refuse requests without TLS, and below TLS 1.2 (two statements) | nothing travels in the clear |
      | bucket | `FilesAreCreatedOnce`: refuse to create `delta/*` and `segment/*` without `If-None-Match` | these files never change, whoever writes them |
      | bucket | `SnapshotsMoveOnlyOnACondition`: refuse to create `snapshot/*` with neither `If-Match` nor `If-None-Match` | the pointer moves by compare-and-swap alone |
      | every queue | refuse requests without TLS | nothing travels in the clear |
      | import queue (with `siltstone:importFiles`) | `BucketsAnnounceFiles`: S3 may send, for buckets of this account | the bucket announces files under `import/`; a policy that named the bucket and the bucket would wait for each other |
      | topic for alarms (with `siltstone:alarmEmail`) | refuse requests without TLS; `AlarmsPublish`: CloudWatch of this account may publish | a topic with a policy of its own takes nothing else |

      Copies carry no such header: they are refused too, for administrators as well. `./siltstone restore` puts them instead
      ([operations.md](operations.md) lists what it needs).

      ## Who may call the functions

      API Gateway, for this API: the aliases `live` of producer and query. EventBridge, for the two schedules: the alias `live` of
      the compactor. SQS is polled by Lambda with the compactor's own role. Nobody else, unless their own policies say so.
      """;

  private static final Map<String, String> TITLES =
      Map.of(
          "producer", "The producer", "compactor", "The compactor", "query", "The query function");

  private PermissionsPage() {}

  /**
   * Writes the page.
   *
   * @param all a stack with every option that adds statements
   * @param standard a stack without options
   */
  static String write(Synthesised all, Synthesised standard) {
    StringBuilder page = new StringBuilder(HEAD);
    all.stack()
        .store()
        .functions()
        .all()
        .forEach((name, function) -> {
          List<String> usual =
              Objects.requireNonNull(standard.stack().store().functions().all().get(name))
                  .permissions()
                  .stream()
                  .map(Permission::sid)
                  .toList();
          page.append(
              "\n## %s\n\n| statement | actions | on | why |\n|---|---|---|---|\n"
                  .formatted(TITLES.get(name)));
          statements(all, name)
              .forEach(statement -> {
                Permission permission = permission(function, statement);
                page.append(
                    "| `%s`%s | %s | %s | %s |\n"
                        .formatted(
                            permission.sid(),
                            usual.contains(permission.sid()) ? "" : " (with its option)",
                            codes(texts(statement.get("Action"))),
                            on(statement),
                            permission.reason()));
              });
        });
    return page.append("\n").append(RESOURCES).toString();
  }

  /** The statements of a function's role. */
  static List<JsonNode> statements(Synthesised stack, String function) {
    List<JsonNode> statements = new ArrayList<>();
    stack
        .all("AWS::IAM::Policy")
        .forEach((id, policy) -> {
          if (id.toLowerCase(java.util.Locale.ROOT).contains("functions" + function)) {
            policy.at("/Properties/PolicyDocument/Statement").forEach(statements::add);
          }
        });
    return statements;
  }

  private static Permission permission(StoreFunction function, JsonNode statement) {
    return function.permissions().stream()
        .filter(permission -> permission.sid().equals(statement.path("Sid").asText()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody explains " + statement));
  }

  private static String on(JsonNode statement) {
    String resources =
        nodes(statement.get("Resource")).stream()
            .map(PermissionsPage::resource)
            .collect(Collectors.joining(", "));
    JsonNode condition = statement.path("Condition");
    String items =
        condition.at("/ForAllValues:StringLike").has("dynamodb:LeadingKeys")
            ? ", items "
                + codes(texts(condition.at("/ForAllValues:StringLike").get("dynamodb:LeadingKeys")))
            : "";
    String naming =
        condition.at("/ForAllValues:StringEquals").has("dynamodb:Attributes")
            ? ", naming "
                + codes(
                    texts(condition.at("/ForAllValues:StringEquals").get("dynamodb:Attributes")))
            : "";
    return resources + items + naming + (condition.has("StringEquals") ? ", through S3" : "");
  }

  /** {@code bucket delta/*} for the join of the bucket's ARN and a path. */
  private static String resource(JsonNode arn) {
    if (arn.isTextual()) {
      return arn.asText().equals("*") ? "all" : "`" + arn.asText() + "`";
    }
    String path =
        arn.has("Fn::Join")
            ? StreamSupport.stream(arn.get("Fn::Join").get(1).spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.joining())
                .replaceFirst("^/", "")
            : "";
    String name =
        KINDS.entrySet().stream()
            .filter(kind -> arn.toString().contains(kind.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    return (name + (path.isEmpty() ? "" : " `" + path + "`")).strip();
  }

  private static final Map<String, String> KINDS =
      Map.of(
          "StorageData", "bucket",
          "StorageTable", "table",
          "StorageNotices", "queue of notices",
          "IngestWrites", "ingest queue",
          "IngestFiles", "import queue",
          "FunctionsQueryLive", "the query function's alias",
          "Logs", "own log group");

  private static String codes(List<String> texts) {
    return texts.stream().map(text -> "`" + text + "`").collect(Collectors.joining(", "));
  }

  private static List<String> texts(JsonNode oneOrMany) {
    return nodes(oneOrMany).stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> nodes(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false).toList()
        : List.of(oneOrMany);
  }
}
