package dev.siltstone.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** The bucket's own policy, to the letter. */
@NeedsNode
class BucketRulesTest {
  private static final String POLICY =
      """
      [ {
        "Action" : "s3:*", "Effect" : "Deny", "Principal" : { "AWS" : "*" },
        "Condition" : { "Bool" : { "aws:SecureTransport" : "false" } },
        "Resource" : [ "BUCKET", "BUCKET/*" ]
      }, {
        "Action" : "s3:*", "Effect" : "Deny", "Principal" : { "AWS" : "*" },
        "Condition" : { "NumericLessThan" : { "s3:TlsVersion" : 1.2 } },
        "Resource" : [ "BUCKET", "BUCKET/*" ]
      }, {
        "Sid" : "FilesAreCreatedOnce",
        "Action" : "s3:PutObject", "Effect" : "Deny", "Principal" : { "AWS" : "*" },
        "Condition" : {
          "Null" : { "s3:if-none-match" : "true" },
          "Bool" : { "s3:ObjectCreationOperation" : "true" } },
        "Resource" : [ "BUCKET/delta/*", "BUCKET/segment/*" ]
      }, {
        "Sid" : "SnapshotsMoveOnlyOnACondition",
        "Action" : "s3:PutObject", "Effect" : "Deny", "Principal" : { "AWS" : "*" },
        "Condition" : {
          "Null" : { "s3:if-match" : "true", "s3:if-none-match" : "true" },
          "Bool" : { "s3:ObjectCreationOperation" : "true" } },
        "Resource" : "BUCKET/snapshot/*"
      } ]
      """;

  @Test
  void nobodyOverwritesAFile() throws Exception {
    Synthesised stack = Synthesised.with();
    String bucket = stack.all("AWS::S3::Bucket").keySet().iterator().next();
    JsonNode written = stack.only("AWS::S3::BucketPolicy").at("/PolicyDocument/Statement");
    String plain =
        written
            .toString()
            .replaceAll(
                "\\{\"Fn::Join\":\\[\"\",\\[\\{\"Fn::GetAtt\":\\[\""
                    + bucket
                    + "\",\"Arn\"]},\"([^\"]*)\"]]}",
                "\"BUCKET$1\"")
            .replace("{\"Fn::GetAtt\":[\"" + bucket + "\",\"Arn\"]}", "\"BUCKET\"");
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(plain)).isEqualTo(json.readTree(POLICY));
  }
}
