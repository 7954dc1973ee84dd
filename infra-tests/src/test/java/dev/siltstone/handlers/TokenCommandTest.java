package dev.siltstone.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.emulators.Emulators;
import dev.siltstone.processes.SiltstoneCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code siltstone token … --table} on a deployed stack's table, and the function that asks. */
class TokenCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTIONS =
      "/api/v2/tenants/%s/databases/default_database/collections";

  @TempDir private Path folder;

  @Test
  void aTokenOfAStackLetsInUntilItIsRevoked() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        HandlerProcess query =
            HandlerProcess.start(
                "dev.siltstone.query.lambda.QueryHandler", family, folder, "token")) {
      assertThat(status(query, "default_tenant", "none")).isEqualTo(401);
      JsonNode made =
          token(family, "create", "app", "--role", "write", "--tenant", "default_tenant");
      String secret = made.get("token").textValue();
      awaitStatus(query, secret, 200);
      assertThat(status(query, "another_tenant", secret)).isEqualTo(403);

      JsonNode listed = token(family, "list").get("tokens").get(0);
      assertThat(listed.get("name").textValue()).isEqualTo("app");
      assertThat(listed.get("role").textValue()).isEqualTo("write");
      assertThat(listed.toString()).doesNotContain(secret);

      var _ = token(family, "revoke", made.get("id").textValue());
      awaitStatus(query, secret, 401);
      assertThat(token(family, "list").get("tokens")).isEmpty();
    }
  }

  private static JsonNode token(AwsFamily family, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("token"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "--table",
            family.tableName(),
            "--region",
            AwsServices.emulated().region().id(),
            "--json"));
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", Emulators.dynamoDb().toString());
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    return JSON.readTree(SiltstoneCommand.run(environment, command.toArray(String[]::new)));
  }

  /** The function learns of it within seconds. */
  private static void awaitStatus(HandlerProcess query, String secret, int expected)
      throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    int status = status(query, "default_tenant", secret);
    while (status != expected && System.nanoTime() < deadline) {
      status = status(query, "default_tenant", secret);
    }
    assertThat(status).isEqualTo(expected);
  }

  private static int status(HandlerProcess query, String tenant, String secret) throws IOException {
    Map<String, Object> event =
        Map.of(
            "version",
            "2.0",
            "rawPath",
            COLLECTIONS.formatted(tenant),
            "rawQueryString",
            "",
            "headers",
            Map.of("authorization", "Bearer " + secret),
            "requestContext",
            Map.of("stage", "$default", "http", Map.of("method", "GET")),
            "isBase64Encoded",
            false);
    return query.invoke(event).get("statusCode").intValue();
  }
}
