package dev.siltstone.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What the table's layout forbids, tried on the synthesised policies of each stack; and beside each
 * the same that is allowed, so that a typing error cannot pass for a refusal.
 */
@EnabledIf(
    value = "dev.siltstone.permissions.DeployedPolicies#areThere",
    disabledReason = "the CDK library needs node on the PATH")
class ForbiddenCallsTest {
  private static final List<String> WRITES =
      List.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem");
  private static final List<String> READS = List.of("GetItem", "BatchGetItem", "Query");
  private static final List<String> FUNCTIONS = List.of("producer", "compactor", "query");

  @Test
  void nobodyScansOrChangesTheTable() {
    for (String function : FUNCTIONS) {
      for (String action :
          List.of("Scan", "DeleteTable", "UpdateTable", "PartiQLSelect", "PartiQLUpdate")) {
        refused(function, Call.of("dynamodb:" + action, Call.TABLE));
      }
    }
  }

  @Test
  void noReadGoesWithoutALeadingKey() {
    for (String function : FUNCTIONS) {
      refused(function, Call.of("dynamodb:Query", Call.TABLE));
      allowed(function, item("Query", "HEAD#c"));
    }
  }

  @Test
  void oneForbiddenItemSpoilsABatch() {
    refused(
        "producer", item("BatchGetItem", "HEAD#c").with("dynamodb:LeadingKeys", "HEAD#c", "TIP#c"));
    allowed(
        "query", item("BatchGetItem", "HEAD#c").with("dynamodb:LeadingKeys", "HEAD#c", "TIP#c"));
  }

  @Test
  void producersSeeNoTipAndNobodyElseTheLock() {
    for (String read : READS) {
      refused("producer", item(read, "TIP#c"));
      refused("producer", item(read, "LOCK#c"));
      refused("query", item(read, "LOCK#c"));
      allowed("query", item(read, "TIP#c"));
      allowed("compactor", item(read, "LOCK#c"));
    }
  }

  @Test
  void onlyTheCompactorWritesTipAndLock() {
    for (String write : WRITES) {
      for (String function : List.of("producer", "query")) {
        refused(function, item(write, "TIP#c", "pk", "sk"));
        refused(function, item(write, "LOCK#c", "pk", "sk"));
      }
    }
    allowed("compactor", item("PutItem", "TIP#c", "pk", "sk", "generation", "folded", "manifest"));
    allowed("compactor", item("UpdateItem", "LOCK#c", "pk", "sk", "owner", "epoch"));
  }

  @Test
  void onlyTheQueryFunctionWritesTheCatalogAndNobodyTokens() {
    for (String write : WRITES) {
      for (String key : List.of("CAT#TENANT#t", "CAT#COLLECTION#c", "CAT#ALL", "CAT#DROPPED")) {
        refused("producer", item(write, key, "pk", "sk"));
        refused("compactor", item(write, key, "pk", "sk"));
      }
      for (String function : FUNCTIONS) {
        refused(function, item(write, "CAT#TOKENS", "pk", "sk"));
      }
    }
    allowed("query", item("PutItem", "CAT#TENANT#t", "pk", "sk", "name"));
    allowed("query", item("Query", "CAT#TOKENS"));
    refused("compactor", item("Query", "CAT#TOKENS"));
    refused("producer", item("Query", "LOG#c"));
  }

  @Test
  void aProducerReservesButSetsNothingElseOnAHead() {
    allowed(
        "producer",
        item("UpdateItem", "HEAD#c", "pk", "sk", "next_sequence", "backlog", "orphan_horizon"));
    refused("producer", item("UpdateItem", "HEAD#c", "pk", "sk", "settings_version"));
    refused("producer", item("UpdateItem", "HEAD#c", "pk", "sk", "folded_hint"));
    refused("producer", item("PutItem", "HEAD#c", "pk", "sk", "next_sequence"));
    refused("producer", item("DeleteItem", "HEAD#c", "pk", "sk"));
  }

  @Test
  void theFoldedHintIsTheCompactorsAndTheSettingsVersionIsNot() {
    allowed("compactor", item("UpdateItem", "HEAD#c", "pk", "sk", "folded_hint", "backlog"));
    refused("query", item("UpdateItem", "HEAD#c", "pk", "sk", "folded_hint"));
    allowed("query", item("UpdateItem", "HEAD#c", "pk", "sk", "settings_version"));
    refused("compactor", item("UpdateItem", "HEAD#c", "pk", "sk", "settings_version"));
    refused("compactor", item("PutItem", "HEAD#c", "pk", "sk"));
    refused("compactor", item("DeleteItem", "HEAD#c", "pk", "sk"));
  }

  @Test
  void aProducerGivesNoVerdictAndRollsNothingBack() {
    allowed("producer", item("PutItem", "LOG#c", "pk", "sk", "kind", "delta", "checksum"));
    refused("producer", item("UpdateItem", "LOG#c", "pk", "sk", "kind", "reason"));
    allowed("query", item("UpdateItem", "LOG#c", "pk", "sk", "kind", "delta", "reason"));
    for (String function : List.of("producer", "query")) {
      refused(function, item("PutItem", "LOG#c", "pk", "sk", "kind", "target", "manifest"));
    }
    allowed("compactor", item("PutItem", "LOG#c", "pk", "sk", "kind", "target", "manifest"));
  }

  @Test
  void onlyTheCompactorTakesEntriesAwayAndItPutsNoneThatWay() {
    for (String function : List.of("producer", "query")) {
      refused(function, item("DeleteItem", "LOG#c", "pk", "sk"));
      refused(function, item("BatchWriteItem", "LOG#c", "pk", "sk"));
    }
    allowed("compactor", item("BatchWriteItem", "LOG#c", "pk", "sk"));
    refused("compactor", item("BatchWriteItem", "LOG#c", "pk", "sk", "kind"));
  }

  @Test
  void producersSeeNoSnapshotsAndOnlyTheCompactorWritesOrDeletesThem() {
    for (String prefix : List.of("segment/c/f", "snapshot/c/latest/pointer.json")) {
      refused("producer", object("GetObject", prefix));
      for (String function : List.of("producer", "query")) {
        refused(function, put(prefix).with("s3:if-none-match", "*"));
        refused(function, object("DeleteObject", prefix));
      }
      allowed("query", object("GetObject", prefix));
      allowed("compactor", put(prefix).with("s3:if-none-match", "*"));
      allowed("compactor", object("DeleteObject", prefix));
    }
    refused("producer", object("DeleteObject", "delta/c/d.delta"));
    refused("query", object("DeleteObject", "delta/c/d.delta"));
  }

  @Test
  void nobodyWritesOutsideThePrefixes() {
    for (String function : FUNCTIONS) {
      refused(function, put("other/f").with("s3:if-none-match", "*"));
      refused(function, object("GetObject", "other/f"));
    }
  }

  @Test
  void noFileIsOverwritten() {
    for (String function : FUNCTIONS) {
      denied(function, put("delta/c/d.delta"));
      denied(function, put("delta/c/d.delta").with("s3:if-match", "etag"));
      allowed(function, put("delta/c/d.delta").with("s3:if-none-match", "*"));
    }
    denied("compactor", put("segment/c/1-s/rows.blk"));
    denied("compactor", put("segment/c/1-s/rows.blk").with("s3:if-match", "etag"));
    denied("compactor", put("snapshot/c/1/manifest.json"));
  }

  @Test
  void thePointerMovesOnlyOnACondition() {
    String pointer = "snapshot/c/latest/pointer.json";
    denied("compactor", put(pointer));
    allowed("compactor", put(pointer).with("s3:if-match", "etag"));
    allowed("compactor", put(pointer).with("s3:if-none-match", "*"));
  }

  @Test
  void nothingTravelsInTheClear() {
    denied("query", object("GetObject", "delta/c/d.delta").with("aws:SecureTransport", "false"));
    denied(
        "query",
        object("GetObject", "delta/c/d.delta")
            .with("aws:SecureTransport", "true")
            .with("s3:TlsVersion", "1.1"));
  }

  @Test
  void onlyTheCompactorTakesNotices() {
    for (String function : FUNCTIONS) {
      allowed(function, Call.of("sqs:SendMessage", Call.QUEUE));
      refused(function, Call.of("sqs:PurgeQueue", Call.QUEUE));
    }
    refused("producer", Call.of("sqs:ReceiveMessage", Call.QUEUE));
    refused("query", Call.of("sqs:DeleteMessage", Call.QUEUE));
    allowed("compactor", Call.of("sqs:DeleteMessage", Call.QUEUE));
  }

  @Test
  void whatAnOptionGrantsIsRefusedWithoutIt() {
    byOption("producer", item("PutItem", "OP#c", "pk", "sk", "ttl"));
    byOption("producer", object("GetObject", "import/t/d/c/f.jsonl"));
    byOption("producer", Call.of("s3:ListBucket", Call.BUCKET));
    byOption("producer", put("import-report/t/d/c/f.json").with("s3:if-none-match", "*"));
    byOption("producer", Call.of("sqs:SendMessage", Call.IMPORT_QUEUE));
    byOption("compactor", Call.of("lambda:InvokeFunction", Call.QUERY));
  }

  private static Call item(String action, String key, String... attributes) {
    Call call = Call.of("dynamodb:" + action, Call.TABLE).with("dynamodb:LeadingKeys", key);
    return attributes.length == 0 ? call : call.with("dynamodb:Attributes", attributes);
  }

  private static Call object(String action, String key) {
    return Call.of("s3:" + action, Call.BUCKET + "/" + key);
  }

  private static Call put(String key) {
    return object("PutObject", key).with("s3:ObjectCreationOperation", "true");
  }

  private static void allowed(String function, Call call) {
    for (DeployedStack stack : DeployedStack.values()) {
      decided(stack, function, call, Policy.Decision.Allowed.class);
    }
  }

  private static void refused(String function, Call call) {
    for (DeployedStack stack : DeployedStack.values()) {
      decided(stack, function, call, Policy.Decision.Unmentioned.class);
    }
  }

  private static void denied(String function, Call call) {
    for (DeployedStack stack : DeployedStack.values()) {
      decided(stack, function, call, Policy.Decision.Denied.class);
    }
  }

  private static void byOption(String function, Call call) {
    decided(DeployedStack.WITH_OPTIONS, function, call, Policy.Decision.Allowed.class);
    decided(DeployedStack.DEFAULT, function, call, Policy.Decision.Unmentioned.class);
  }

  private static void decided(
      DeployedStack stack, String function, Call call, Class<? extends Policy.Decision> how) {
    assertThat(DeployedPolicies.of(stack, function).decide(call))
        .as("%s of stack %s: %s", function, stack.id(), call)
        .isInstanceOf(how);
  }
}
