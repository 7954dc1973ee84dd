package dev.siltstone.cdk;

import dev.siltstone.aws.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes permissions on items of the one table. DynamoDB lets a policy tell items apart by leading
 * key and by the attributes that a request names, so who may touch what is part of the table's
 * layout; see the package description of {@link dev.siltstone.aws.TableLayout}.
 *
 * <p>{@code ForAllValues} holds for a request without any value, so each condition also demands
 * that there is a leading key. A request that names no attribute can write none.
 */
final class ItemPermissions {
  static final List<String> READ =
      List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");

  static final String HEAD = "HEAD#*";
  static final String LOG = "LOG#*";
  static final String OPERATIONS = "OP#*";
  static final String TIP = "TIP#*";
  static final String LOCK = "LOCK#*";
  static final String TOKENS = TableLayout.tokens();

  /** Tenants, databases and collections, but not the access tokens. */
  static final List<String> NAMES =
      List.of(
          "CAT#TENANT#*",
          "CAT#DATABASE#*",
          "CAT#DATABASES#*",
          "CAT#NAME#*",
          "CAT#COLLECTION#*",
          "CAT#COLLECTIONS#*");

  /** The lists of all collections that there are, and that there were. */
  static final String[] LISTS = {TableLayout.allCollections(), TableLayout.tombstones()};

  /** What leads to every collection. */
  static final List<String> COLLECTIONS =
      List.of(
          "CAT#DATABASE#*",
          "CAT#NAME#*",
          "CAT#COLLECTION#*",
          "CAT#COLLECTIONS#*",
          TableLayout.allCollections(),
          TableLayout.tombstones());

  /** What a reservation sets or asks for. */
  static final List<String> RESERVE =
      List.of(
          TableLayout.NEXT_SEQUENCE,
          TableLayout.BACKLOG,
          TableLayout.DIMENSION,
          TableLayout.EMBEDDING_FUNCTION,
          TableLayout.ORPHAN_HORIZON);

  /** A committed or void entry: without a reason it is no verdict, without a target no rollback. */
  static final List<String> ENTRY =
      List.of(
          TableLayout.KIND,
          TableLayout.DELTA,
          TableLayout.OBJECT_KEY,
          TableLayout.COUNT,
          TableLayout.BYTES,
          TableLayout.CHECKSUM);

  static final List<String> ROLLBACK = List.of(TableLayout.TARGET, TableLayout.MANIFEST);

  static final List<String> VERDICT =
      List.of(TableLayout.KIND, TableLayout.DELTA, TableLayout.REASON);

  private static final List<String> KEY = List.of(TableLayout.PK, TableLayout.SK);

  private final String tableArn;

  ItemPermissions(String tableArn) {
    this.tableArn = tableArn;
  }

  /** Actions on whole items. */
  Permission whole(String sid, String reason, List<String> actions, List<String> leadingKeys) {
    return new Permission(
        sid,
        reason,
        actions,
        List.of(tableArn),
        Map.of(
            "ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", leadingKeys),
            "Null", Map.of("dynamodb:LeadingKeys", "false")));
  }

  /** Actions that name no attributes but these and the keys. */
  @SafeVarargs
  final Permission naming(
      String sid,
      String reason,
      List<String> actions,
      String leadingKey,
      List<String>... attributes) {
    List<String> named =
        Stream.concat(KEY.stream(), Stream.of(attributes).flatMap(List::stream))
            .distinct()
            .toList();
    return new Permission(
        sid,
        reason,
        actions,
        List.of(tableArn),
        Map.of(
            "ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", List.of(leadingKey)),
            "ForAllValues:StringEquals", Map.of("dynamodb:Attributes", named),
            "Null", Map.of("dynamodb:LeadingKeys", "false")));
  }

  /** The keys-only index by which a sweep finds collections with work. */
  Permission backlogIndex() {
    return new Permission(
        "FindBacklog",
        "the sweep lists collections that have unfolded places",
        List.of("dynamodb:Query"),
        List.of(tableArn + "/index/" + TableLayout.BACKLOG_INDEX),
        Map.of());
  }
}
