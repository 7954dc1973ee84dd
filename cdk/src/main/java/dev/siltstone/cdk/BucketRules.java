package dev.siltstone.cdk;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * What the bucket refuses to everybody, whatever their own rights: to overwrite. Deltas and
 * segments are created once; a snapshot's files are created, and its pointer swapped, only on a
 * condition. Copies carry no such header and are refused as well.
 *
 * <p>{@code s3:ObjectCreationOperation} leaves out the parts of a multipart upload, which take no
 * conditional headers: its completion needs one (S3 user guide, "Enforce conditional writes").
 */
final class BucketRules {
  private static final Map<String, Object> CREATES = Map.of("s3:ObjectCreationOperation", "true");

  private BucketRules() {}

  static List<PolicyStatement> statements(IBucket bucket) {
    return List.of(
        deny(
            "FilesAreCreatedOnce",
            Map.of("s3:if-none-match", "true"),
            bucket,
            "delta/*",
            "segment/*"),
        deny(
            "SnapshotsMoveOnlyOnACondition",
            Map.of("s3:if-match", "true", "s3:if-none-match", "true"),
            bucket,
            "snapshot/*"));
  }

  private static PolicyStatement deny(
      String sid, Map<String, Object> absent, IBucket bucket, String... prefixes) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .effect(Effect.DENY)
        .principals(List.of(new AnyPrincipal()))
        .actions(List.of("s3:PutObject"))
        .resources(Stream.of(prefixes).map(bucket::arnForObjects).toList())
        .conditions(Map.of("Null", absent, "Bool", CREATES))
        .build();
  }
}
