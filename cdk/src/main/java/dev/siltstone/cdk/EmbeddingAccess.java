package dev.siltstone.cdk;

import dev.siltstone.cdk.props.Embedding;
import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** What functions that make vectors need for it. */
final class EmbeddingAccess {
  private EmbeddingAccess() {}

  static List<Permission> permissions(Construct scope, Embedding embedding) {
    return embedding instanceof Embedding.Bedrock bedrock
        ? List.of(
            Permission.of(
                "Embed",
                "vectors from documents and query texts, by the chosen model only",
                List.of("bedrock:InvokeModel"),
                Stack.of(scope).formatArn(model(bedrock.model()))))
        : List.of();
  }

  private static ArnComponents model(String id) {
    return ArnComponents.builder()
        .service("bedrock")
        .account("")
        .resource("foundation-model")
        .resourceName(id)
        .arnFormat(ArnFormat.SLASH_RESOURCE_NAME)
        .build();
  }
}
