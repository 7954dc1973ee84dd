package dev.siltstone.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/permissions.md is the template, and every statement of a role has its reason. */
@NeedsNode
class PermissionsPageTest {
  /** What a role may hold in its own policies, without white space. */
  private static final int MOST_CHARACTERS = 10_240;

  private static final Synthesised ALL =
      Synthesised.with(
          "vpc", "new",
          "tracing", "true",
          "ingestQueue", "true",
          "importFiles", "true",
          "warmUp", "true",
          "keyArn", "arn:aws:kms:eu-central-1:111122223333:key/abc",
          "embedding", "bedrock",
          "embeddingModel", "amazon.titan-embed-text-v2:0",
          "embeddingDimension", "512");

  @Test
  void thePageIsTheTemplate() throws IOException {
    String page = PermissionsPage.write(ALL, Synthesised.with());
    Path fresh = Files.writeString(Path.of("target", "permissions.md"), page);
    assertThat(Files.readString(Path.of("..", "docs", "permissions.md")))
        .as("the page as it must be is in cdk/" + fresh)
        .isEqualTo(page);
  }

  @Test
  void rolesHoldNothingButWhatIsExplained() {
    ALL.stack()
        .store()
        .functions()
        .all()
        .forEach((name, function) ->
            assertThat(PermissionsPage.statements(ALL, name))
                .extracting(statement -> statement.path("Sid").asText())
                .containsExactlyElementsOf(
                    function.permissions().stream().map(Permission::sid).toList()));
    assertThat(ALL.all("AWS::IAM::Policy")).hasSize(3);
    assertThat(ALL.all("AWS::IAM::ManagedPolicy")).isEmpty();
    assertThat(ALL.properties("AWS::IAM::Role"))
        .hasSize(3)
        .noneMatch(role -> role.has("ManagedPolicyArns") || role.has("Policies"));
  }

  @Test
  void everyPolicyFitsIntoItsRole() {
    ALL.all("AWS::IAM::Policy")
        .values()
        .forEach(policy ->
            assertThat(policy.at("/Properties/PolicyDocument").toString().length())
                .isLessThan(MOST_CHARACTERS));
  }

  @Test
  void noActionHasAWildcard() {
    for (JsonNode policy : ALL.all("AWS::IAM::Policy").values()) {
      assertThat(policy.at("/Properties/PolicyDocument").findValues("Action"))
          .isNotEmpty()
          .noneMatch(action -> action.toString().contains("*"));
    }
  }
}
