package dev.siltstone.cdk;

import static dev.siltstone.cdk.ItemPermissions.*;

import dev.siltstone.aws.TableLayout;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.sqs.Queue;

/**
 * What each function may do with the storage: objects by prefix, items by leading key and
 * attribute. Producers create deltas and log entries but see no snapshot; readers void holes and
 * write filtered deletes and the catalog, but no tokens; only the compactor writes segments,
 * snapshots, tips and locks. It also reserves and places, when a person asks it to write a delta
 * again that was set aside, or to roll back.
 */
final class StorePermissions {
  private static final List<String> GET = List.of("s3:GetObject");
  private static final List<String> PUT = List.of("s3:PutObject");
  private static final String REPORTS = "import-report/*";
  private static final List<String> UPDATE = List.of("dynamodb:UpdateItem");
  private static final List<String> PLACE = List.of("dynamodb:PutItem");
  private static final List<String> CHECK = List.of("dynamodb:ConditionCheckItem");

  private final StoreStorage storage;
  private final ItemPermissions items;

  StorePermissions(StoreStorage storage) {
    this.storage = storage;
    this.items = new ItemPermissions(storage.table().getTableArn());
  }

  List<Permission> producer() {
    return List.of(
        objects("CreateDeltas", "a write's delta", PUT, "delta/*"),
        items.whole(
            "ReadCatalogAndHead",
            "names to collections, who has a token, how long the backlog is",
            READ,
            List.of("CAT#DATABASE#*", "CAT#NAME#*", "CAT#COLLECTION#*", TOKENS, HEAD)),
        items.naming("Reserve", "a write's place in the log", UPDATE, HEAD, RESERVE),
        items.naming("Place", "a write's entry in the log", PLACE, LOG, ENTRY),
        announce());
  }

  /** What writes that may arrive again need beside. */
  List<Permission> repeatedWrites() {
    return List.of(
        items.naming(
            "RememberWrites",
            "the ids of writes that may arrive again, in the transaction that places them",
            PLACE,
            OPERATIONS,
            List.of(TableLayout.TTL)));
  }

  /** What the import of files needs beside. */
  List<Permission> files(Queue queue) {
    return List.of(
        objects("ReadFiles", "dropped files, and reports about them", GET, "import/*", REPORTS),
        objects("ReportFiles", "how the import of a file ended", PUT, REPORTS),
        list(),
        Permission.of(
            "GoOnLater",
            "the rest of a file, when time runs out",
            List.of("sqs:SendMessage"),
            queue.getQueueArn()));
  }

  List<Permission> query() {
    return List.of(
        objects(
            "ReadObjects",
            "snapshots, segments and the deltas after them",
            GET,
            "delta/*",
            "segment/*",
            "snapshot/*"),
        objects("CreateDeltas", "the ids that a filtered delete found", PUT, "delta/*"),
        list(),
        items.whole(
            "ReadItems",
            "catalog, tokens, and what a read must see",
            READ,
            with(NAMES, TOKENS, HEAD, LOG, TIP)),
        items.whole(
            "Administer",
            "tenants, databases and collections; not tokens, which only people make",
            List.of(
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "dynamodb:DeleteItem",
                "dynamodb:ConditionCheckItem"),
            with(NAMES, LISTS)),
        items.naming(
            "CreateHead",
            "a new collection's log",
            PLACE,
            HEAD,
            List.of(
                TableLayout.NEXT_SEQUENCE, TableLayout.FOLDED_HINT, TableLayout.SETTINGS_VERSION)),
        items.naming(
            "ReserveAndRenew",
            "a filtered delete's place in the log; that settings changed",
            UPDATE,
            HEAD,
            RESERVE,
            List.of(TableLayout.SETTINGS_VERSION)),
        items.naming("DropHead", "a dropped collection's log ends", deleteOne(), HEAD),
        items.naming("PlaceAndVoid", "a filtered delete's entry; holes", PLACE, LOG, ENTRY),
        items.naming("SetAside", "the verdict on a delta nobody can decode", UPDATE, LOG, VERDICT),
        items.naming(
            "CheckTip",
            "a void or a verdict only where nothing is folded yet",
            CHECK,
            TIP,
            List.of(TableLayout.FOLDED)),
        announce());
  }

  List<Permission> compactor() {
    return Stream.concat(compactorObjects(), compactorItems()).toList();
  }

  private Stream<Permission> compactorObjects() {
    return Stream.of(
        objects(
            "ReadObjects",
            "deltas to fold; segments and snapshots to merge with and to verify",
            GET,
            "delta/*",
            "segment/*",
            "snapshot/*"),
        objects("CreateDeltas", "a person asks for a delta that was set aside", PUT, "delta/*"),
        objects("WriteSnapshots", "segments, manifests, pointers", PUT, "segment/*", "snapshot/*"),
        objects(
            "CollectGarbage",
            "files that no kept snapshot names; all of a dropped collection",
            List.of("s3:DeleteObject"),
            "delta/*",
            "segment/*",
            "snapshot/*"),
        list(),
        announce());
  }

  private Stream<Permission> compactorItems() {
    return Stream.of(
        items.whole(
            "ReadItems",
            "settings, logs, tips, locks; not tokens",
            READ,
            with(COLLECTIONS, HEAD, LOG, TIP, LOCK)),
        items.naming(
            "ReserveHintAndHorizon",
            "a rollback's place; what is folded; below which deltas are orphans",
            UPDATE,
            HEAD,
            RESERVE,
            List.of(TableLayout.FOLDED_HINT)),
        items.naming("CheckHead", "no tip for a dropped collection", CHECK, HEAD),
        items.naming("PlaceAndVoid", "a rollback's entry; holes", PLACE, LOG, ENTRY, ROLLBACK),
        items.naming("SetAside", "the verdict on a delta nobody can decode", UPDATE, LOG, VERDICT),
        items.naming(
            "Trim",
            "folded entries go; as it names only keys, it can put nothing",
            List.of("dynamodb:BatchWriteItem"),
            LOG),
        items.naming(
            "MoveTip",
            "what readers may rely on",
            List.of("dynamodb:PutItem", "dynamodb:ConditionCheckItem"),
            TIP,
            List.of(TableLayout.GENERATION, TableLayout.FOLDED, TableLayout.MANIFEST)),
        items.naming("DropTip", "a dropped collection's tip goes", deleteOne(), TIP),
        items.whole(
            "Lock",
            "the lock, and what the last runs did",
            List.of(
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "dynamodb:DeleteItem",
                "dynamodb:BatchWriteItem"),
            List.of(LOCK)),
        items.backlogIndex());
  }

  private static List<String> deleteOne() {
    return List.of("dynamodb:DeleteItem");
  }

  private static List<String> with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  private Permission objects(String sid, String reason, List<String> actions, String... prefixes) {
    return Permission.of(
        sid,
        reason,
        actions,
        Stream.of(prefixes)
            .map(prefix -> storage.bucket().arnForObjects(prefix))
            .toArray(String[]::new));
  }

  private Permission list() {
    return Permission.of(
        "TellMissingFromForbidden",
        "without it S3 answers 403 for a missing object, and a lost delta looks like a policy",
        List.of("s3:ListBucket"),
        storage.bucket().getBucketArn());
  }

  private Permission announce() {
    return Permission.of(
        "SendNotices",
        "\"look at this collection\"",
        List.of("sqs:SendMessage"),
        storage.notices().getQueueArn());
  }
}
