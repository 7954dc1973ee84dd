package dev.siltstone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.emulators.Emulators;
import dev.siltstone.gc.Actors;
import dev.siltstone.gc.Checks;
import dev.siltstone.gc.Services;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.processes.SiltstoneCommand;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack's store moves to another stack by way of a folder, with the commands of the README. */
class MoveTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final Clock clock = Clock.system();

  @Test
  void aStackMovesToAnotherByTwoCommands() throws Exception {
    try (AwsFamily one = AwsFamily.create(AwsServices.emulated());
        AwsFamily other = AwsFamily.create(AwsServices.emulated());
        Actors here = Stores.actors(Services.aws(one), folder.resolve("here"), clock);
        Actors there = Stores.actors(Services.aws(other), folder.resolve("there"), clock)) {
      CollectionId id = here.createCollection("stones");
      for (String record : List.of("a", "b")) {
        var _ = here.write(id, record);
      }
      here.compact(id);
      var _ = here.write(id, "c");
      Path backup = folder.resolve("backup");

      JsonNode made = run(one, "backup", backup.toString());
      JsonNode restored = run(other, "restore", backup.toString(), "stones");

      assertThat(made.get("sound").booleanValue()).isTrue();
      assertThat(restored.get("sound").booleanValue()).isTrue();
      assertThat(restored.get("collections").get(0).get("id").textValue()).isEqualTo(id.toString());
      Checks.wholeAndReadable(Services.aws(other), there, id, List.of("a", "b", "c"));
      there.compact(id);
      Checks.wholeAndReadable(Services.aws(other), there, id, List.of("a", "b", "c"));
    }
  }

  private static JsonNode run(AwsFamily family, String... arguments) throws Exception {
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
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    return JSON.readTree(SiltstoneCommand.run(environment, command.toArray(String[]::new)));
  }
}
