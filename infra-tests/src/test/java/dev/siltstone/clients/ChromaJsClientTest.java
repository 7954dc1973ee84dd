package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.processes.ServeProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The npm package {@code chromadb} as published: 3.x, and 2.x without the embedding providers that
 * it would install.
 */
class ChromaJsClientTest {
  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(strings = {"chroma-js", "chroma-js-2"})
  void makesItsRoundTrip(String name) throws Exception {
    NodeProject project = NodeProject.install(name, "round-trip.mjs");
    try (ServeProcess server = ServeProcess.start(data)) {
      String output = project.run("round-trip.mjs", server.uri().toString());
      System.out.print(output);
      assertThat(output).endsWith("done\n");
    }
  }
}
