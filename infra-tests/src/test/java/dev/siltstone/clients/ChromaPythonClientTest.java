package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.processes.ServeProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PyPI package {@code chromadb-client}, the HTTP client of {@code chromadb}, as published. */
class ChromaPythonClientTest {
  @TempDir private Path data;

  @Test
  void makesItsRoundTrip() throws Exception {
    PythonProject project = PythonProject.install("chroma-python", "round_trip.py");
    try (ServeProcess server = ServeProcess.start(data)) {
      String output = project.run("round_trip.py", server.uri().toString());
      System.out.print(output);
      assertThat(output).endsWith("done\n");
    }
  }
}
