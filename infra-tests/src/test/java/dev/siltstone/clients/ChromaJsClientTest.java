package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.processes.ServeProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The npm package {@code chromadb} 3.x, as published. */
class ChromaJsClientTest {
  @TempDir private Path data;

  @Test
  void makesItsRoundTrip() throws Exception {
    NodeProject project =
        NodeProject.install(
            "chroma-js", List.of("package.json", "package-lock.json", "round-trip.mjs"));
    try (ServeProcess server = ServeProcess.start(data)) {
      String output = project.run("round-trip.mjs", server.uri().toString());
      System.out.print(output);
      assertThat(output).endsWith("done\n");
    }
  }
}
