package dev.siltstone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.contract.Fresh;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.emulators.Emulators;
import dev.siltstone.gc.Actors;
import dev.siltstone.gc.Checks;
import dev.siltstone.gc.Services;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.permissions.CallCheck;
import dev.siltstone.permissions.CallRecorder;
import dev.siltstone.permissions.DeployedStack;
import dev.siltstone.processes.SiltstoneCommand;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack's store moves to another stack by way of a folder, with the commands of the README. */
class MoveTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As docs/operations.md says. */
  private static final Set<String> BACKUP_NEEDS =
      Set.of(
          "s3:GetObject",
          "s3:ListBucket",
          "dynamodb:GetItem",
          "dynamodb:BatchGetItem",
          "dynamodb:Query",
          "dynamodb:PutItem",
          "dynamodb:ConditionCheckItem");

  private static final Set<String> RESTORE_NEEDS =
      Set.of(
          "s3:GetObject",
          "s3:PutObject",
          "s3:ListBucket",
          "dynamodb:GetItem",
          "dynamodb:BatchGetItem",
          "dynamodb:Query",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:ConditionCheckItem");

  @TempDir private Path folder;
  private final Clock clock = Clock.system();

  @Test
  void aStackMovesToAnotherByTwoCommands() throws Exception {
    try (AwsFamily one = AwsFamily.create(AwsServices.emulated());
        AwsFamily other = AwsFamily.create(AwsServices.emulated());
        Actors here = Stores.actors(Services.aws(one), folder.resolve("here"), clock);
        Actors there = Stores.actors(Services.aws(other), folder.resolve("there"), clock)) {
      var _ = here.createCollection("never-published");
      CollectionId id = here.createCollection("stones");
      for (String record : List.of("a", "b")) {
        var _ = here.write(id, record);
      }
      here.compact(id);
      one.log().reserve(id, Fresh.deltaId(), null);
      var _ = here.write(id, "c");
      Path backup = folder.resolve("backup");

      JsonNode made = run(one, "backup", backup.toString(), "--tokens");
      JsonNode restored = run(other, "restore", backup.toString(), "stones", "--tokens");

      assertThat(made.get("sound").booleanValue()).isTrue();
      assertThat(restored.get("sound").booleanValue()).isTrue();
      assertThat(restored.get("collections").get(0).get("id").textValue()).isEqualTo(id.toString());
      Checks.wholeAndReadable(Services.aws(other), there, id, List.of("a", "b", "c"));
      CallCheck.allNeeded(DeployedStack.DEFAULT, BACKUP_NEEDS, calls("backup"));
      CallCheck.allNeeded(DeployedStack.DEFAULT, RESTORE_NEEDS, calls("restore"));
      there.compact(id);
      Checks.wholeAndReadable(Services.aws(other), there, id, List.of("a", "b", "c"));
    }
  }

  private Path calls(String command) {
    return folder.resolve(command + ".calls");
  }

  private JsonNode run(AwsFamily family, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(
        List.of(
            "--table",
            family.tableName(),
            "--bucket",
            family.bucket(),
            "--region",
            AwsServices.emulated().region().id(),
            "--json"));
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", Emulators.dynamoDb().toString());
    environment.put("AWS_ENDPOINT_URL_S3", Emulators.s3().toString());
    environment.put("JAVA_TOOL_OPTIONS", "-D" + CallRecorder.FILE + "=" + calls(arguments[0]));
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    return JSON.readTree(SiltstoneCommand.run(environment, command.toArray(String[]::new)));
  }
}
