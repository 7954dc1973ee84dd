package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.processes.ServeProcess;
import dev.siltstone.processes.SiltstoneCommand;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples with TLS and a token, against a server behind a proxy that ends TLS. */
class TlsExamplesTest {
  @TempDir private Path folder;
  private String token;
  private ServeProcess server;
  private TlsProxy proxy;

  @BeforeEach
  void serve() throws Exception {
    Path data = folder.resolve("data");
    String made =
        SiltstoneCommand.run(
            Map.of(),
            "token",
            "create",
            "app",
            "--role",
            "write",
            "--json",
            "--data",
            data.toString());
    token = new ObjectMapper().readTree(made).get("token").textValue();
    server = ServeProcess.start(data, "--access", "token");
    proxy = TlsProxy.before(server.uri(), folder);
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    server.close();
  }

  @Test
  void javaScript() throws Exception {
    NodeProject project = NodeProject.install("chroma-js", "tls.mjs");
    Map<String, String> trust = Map.of("NODE_EXTRA_CA_CERTS", proxy.certificate().toString());
    assertThat(project.run(trust, "tls.mjs", Integer.toString(proxy.port()), token))
        .endsWith("done\n");
  }

  @Test
  void python() throws Exception {
    PythonProject project = PythonProject.install("chroma-python", "tls.py");
    Map<String, String> trust = Map.of("SSL_CERT_FILE", proxy.certificate().toString());
    assertThat(project.run(trust, "tls.py", Integer.toString(proxy.port()), token))
        .endsWith("done\n");
  }
}
