package dev.siltstone.local;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.local.embedding.AllMiniLmEmbeddingFunction;
import dev.siltstone.local.http.HttpSettings;
import dev.siltstone.local.http.LocalServer;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.local.node.NodeSettings.Access;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = "Serves the HTTP API on one port until it is told to stop.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ServeCommand implements Callable<Integer> {
  private static final Duration FIRST_REQUESTS = Duration.ofSeconds(1);

  @Option(names = "--port", paramLabel = "PORT", description = "0 takes any free port.")
  private int port = 8000;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on.")
  private String host = "127.0.0.1";

  @Option(names = "--data", paramLabel = "DIR", description = "The folder that holds everything.")
  private Path data = Path.of("siltstone-data");

  @Option(names = "--allow-reset", description = "Lets clients drop everything by one request.")
  private boolean allowReset;

  @Option(
      names = "--cors-allow-origin",
      paramLabel = "ORIGIN",
      description = "A web origin whose pages may call this server, or *. May be repeated.")
  private Set<String> origins = Set.of();

  @Option(
      names = "--access",
      paramLabel = "open|token",
      description = {
        "Whether requests need a token; see the command token. The default is open on the loopback"
            + " address, and token on any other, where open is refused."
      })
  private @Nullable String access;

  @Override
  public Integer call() {
    InetSocketAddress address = address();
    Access asked = ServeAccess.of(access, address, data);
    StopSignal stop = StopSignal.onShutdown();
    try (AllMiniLmEmbeddingFunction embedding = new AllMiniLmEmbeddingFunction(cores());
        LocalNode node = LocalNode.open(settings(embedding, asked));
        LocalServer server = listen(address, node)) {
      System.out.println(ready(server));
      Thread.ofPlatform().name("prime").daemon(true).start(() -> primeLater(node));
      stop.await();
    } finally {
      stop.done();
    }
    return 0;
  }

  /** Not at once: who waited for the start gets the processors for the first requests. */
  private static void primeLater(LocalNode node) {
    try {
      Thread.sleep(FIRST_REQUESTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    node.prime();
  }

  private NodeSettings settings(EmbeddingFunction embedding, Access access) {
    return new NodeSettings(
        data,
        embedding,
        Compaction.IN_BACKGROUND,
        allowReset ? Reset.ALLOWED : Reset.REFUSED,
        access);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private InetSocketAddress address() {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UsageException("there is no address named " + host, null);
    }
    return address;
  }

  private LocalServer listen(InetSocketAddress address, LocalNode node) {
    HttpSettings settings = HttpSettings.standard().withAllowedOrigins(origins);
    try {
      return LocalServer.start(address, settings, node);
    } catch (BindException e) {
      throw new UsageException(
          "cannot listen on %s port %d (%s); another program may use it: try --port %d"
              .formatted(host, port, e.getMessage(), port + 1),
          e);
    } catch (IOException e) {
      throw new UsageException("cannot listen on %s port %d: %s".formatted(host, port, e), e);
    }
  }

  private String ready(LocalServer server) {
    return "Siltstone %s is ready at %s after %d ms, data in %s"
        .formatted(
            Version.text(),
            server.uri(),
            ProcessAge.now().toMillis(),
            data.toAbsolutePath().normalize());
  }
}
