package dev.siltstone.cdk;

import dev.siltstone.aws.TableLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Function;

/**
 * What each function may do: objects by prefix, items by leading key. Producers can create deltas
 * and log entries but touch no snapshot; readers can void holes and write filtered deletes; only
 * the compactor writes segments, snapshots, the tip and locks. It also reserves and places, when a
 * person asks it to write a delta again that was set aside, or to roll back.
 */
final class StorePermissions {
  private static final String CATALOG = "CAT#*";
  private static final String HEAD = "HEAD#*";
  private static final String LOG = "LOG#*";
  private static final String TIP = "TIP#*";
  private static final String LOCK = "LOCK#*";

  private static final List<String> READ =
      List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
  private static final List<String> REPLACE =
      List.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:ConditionCheckItem");

  private final StoreStorage storage;

  StorePermissions(StoreStorage storage) {
    this.storage = storage;
  }

  void grant(Function producer, Function compactor, Function query) {
    grantProducer(producer);
    grantCompactor(compactor);
    grantQuery(query);
  }

  private void grantProducer(Function producer) {
    producer.addToRolePolicy(objects("CreateDeltas", List.of("s3:PutObject"), "delta/*"));
    // A repeated PUT reads back whether the object that is there is its own.
    producer.addToRolePolicy(objects("ReadOwnDeltas", List.of("s3:GetObject"), "delta/*"));
    producer.addToRolePolicy(items("ReadCatalogAndLog", READ, CATALOG, HEAD, LOG));
    producer.addToRolePolicy(items("Reserve", List.of("dynamodb:UpdateItem"), HEAD));
    producer.addToRolePolicy(items("Place", List.of("dynamodb:PutItem"), LOG));
    producer.addToRolePolicy(announce());
  }

  private void grantCompactor(Function compactor) {
    compactor.addToRolePolicy(
        objects("ReadObjects", List.of("s3:GetObject"), "delta/*", "segment/*", "snapshot/*"));
    // A delta that was set aside is written again when a person asks for it.
    compactor.addToRolePolicy(objects("CreateDeltas", List.of("s3:PutObject"), "delta/*"));
    compactor.addToRolePolicy(
        objects("WriteSnapshots", List.of("s3:PutObject"), "segment/*", "snapshot/*"));
    compactor.addToRolePolicy(
        objects(
            "CollectGarbage", List.of("s3:DeleteObject"), "delta/*", "segment/*", "snapshot/*"));
    compactor.addToRolePolicy(list());
    compactor.addToRolePolicy(items("ReadItems", READ, CATALOG, HEAD, LOG, TIP, LOCK));
    compactor.addToRolePolicy(
        items(
            "SettleLogAndTip",
            List.of(
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "dynamodb:DeleteItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:ConditionCheckItem"),
            LOG,
            TIP,
            LOCK));
    compactor.addToRolePolicy(
        items(
            "HintAndHorizon", List.of("dynamodb:UpdateItem", "dynamodb:ConditionCheckItem"), HEAD));
    compactor.addToRolePolicy(backlogIndex());
    compactor.addToRolePolicy(announce());
  }

  private void grantQuery(Function query) {
    query.addToRolePolicy(
        objects("ReadObjects", List.of("s3:GetObject"), "delta/*", "segment/*", "snapshot/*"));
    query.addToRolePolicy(objects("CreateDeltas", List.of("s3:PutObject"), "delta/*"));
    query.addToRolePolicy(list());
    query.addToRolePolicy(items("ReadItems", READ, CATALOG, HEAD, LOG, TIP));
    query.addToRolePolicy(
        items(
            "Administer",
            Stream.concat(REPLACE.stream(), Stream.of("dynamodb:DeleteItem")).toList(),
            CATALOG,
            HEAD));
    query.addToRolePolicy(
        items("PlaceAndVoid", List.of("dynamodb:PutItem", "dynamodb:UpdateItem"), LOG));
    query.addToRolePolicy(items("CheckTip", List.of("dynamodb:ConditionCheckItem"), TIP));
    query.addToRolePolicy(announce());
  }

  private PolicyStatement objects(String sid, List<String> actions, String... prefixes) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .effect(Effect.ALLOW)
        .actions(actions)
        .resources(
            Stream.of(prefixes).map(prefix -> storage.bucket().arnForObjects(prefix)).toList())
        .build();
  }

  /** Without it a missing object is answered as forbidden, and a lost delta looks like a policy. */
  private PolicyStatement list() {
    return PolicyStatement.Builder.create()
        .sid("TellMissingFromForbidden")
        .effect(Effect.ALLOW)
        .actions(List.of("s3:ListBucket"))
        .resources(List.of(storage.bucket().getBucketArn()))
        .build();
  }

  private PolicyStatement items(String sid, List<String> actions, String... leadingKeys) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .effect(Effect.ALLOW)
        .actions(actions)
        .resources(List.of(storage.table().getTableArn()))
        .conditions(
            Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", List.of(leadingKeys))))
        .build();
  }

  private PolicyStatement backlogIndex() {
    return PolicyStatement.Builder.create()
        .sid("FindBacklog")
        .effect(Effect.ALLOW)
        .actions(List.of("dynamodb:Query"))
        .resources(List.of(storage.table().getTableArn() + "/index/" + TableLayout.BACKLOG_INDEX))
        .build();
  }

  private PolicyStatement announce() {
    return PolicyStatement.Builder.create()
        .sid("SendNotices")
        .effect(Effect.ALLOW)
        .actions(List.of("sqs:SendMessage"))
        .resources(List.of(storage.notices().getQueueArn()))
        .build();
  }
}
