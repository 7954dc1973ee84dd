package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.handlers.GatewayBridge;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients' round trips as API Gateway events, through the functions' real handlers. */
class GatewayClientsTest {
  @TempDir private static Path folder;
  private static AwsFamily family;
  private static GatewayBridge gateway;

  @BeforeAll
  static void start() throws Exception {
    family = AwsFamily.create(AwsServices.emulated());
    gateway = GatewayBridge.start(family, folder);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    family.close();
  }

  @Test
  void javaScriptMakesItsRoundTrip() throws Exception {
    NodeProject project = NodeProject.install("chroma-js", "round-trip.mjs");
    assertDone(project.run("round-trip.mjs", gateway.uri().toString()));
  }

  @Test
  void pythonMakesItsRoundTrip() throws Exception {
    PythonProject project = PythonProject.install("chroma-python", "round_trip.py");
    assertDone(project.run("round_trip.py", gateway.uri().toString()));
  }

  private static void assertDone(String output) {
    System.out.print(output);
    assertThat(output).endsWith("done\n");
  }
}
