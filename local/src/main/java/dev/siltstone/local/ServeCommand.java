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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code siltstone serve}. Its options are told to picocli one by one: finding them by annotations
 * would take a fifth of the time that the server needs to start.
 */
final class ServeCommand implements Callable<Integer> {
  private static final Duration FIRST_REQUESTS = Duration.ofSeconds(1);

  private final OptionSpec port =
      OptionSpec.builder("--port")
          .paramLabel("PORT")
          .type(int.class)
          .defaultValue("8000")
          .description("0 takes any free port.")
          .build();

  private final OptionSpec host =
      OptionSpec.builder("--host")
          .paramLabel("ADDRESS")
          .type(String.class)
          .defaultValue("127.0.0.1")
          .description("The address to listen on.")
          .build();

  private final OptionSpec data =
      OptionSpec.builder("--data")
          .paramLabel("DIR")
          .type(Path.class)
          .defaultValue("siltstone-data")
          .description("The folder that holds everything.")
          .build();

  private final OptionSpec allowReset =
      OptionSpec.builder("--allow-reset")
          .type(boolean.class)
          .initialValue(false)
          .description("Lets clients drop everything by one request.")
          .build();

  private final OptionSpec origins =
      OptionSpec.builder("--cors-allow-origin")
          .paramLabel("ORIGIN")
          .type(Set.class)
          .auxiliaryTypes(String.class)
          .initialValue(Set.of())
          .description("A web origin whose pages may call this server, or *. May be repeated.")
          .build();

  private final OptionSpec access =
      OptionSpec.builder("--access")
          .paramLabel("open|token")
          .type(String.class)
          .description(
              "Whether requests need a token; see the command token. The default is open on the"
                  + " loopback address, and token on any other, where open is refused.")
          .build();

  /** The command for the command line. */
  static CommandSpec spec() {
    ServeCommand command = new ServeCommand();
    CommandSpec spec =
        PlainCommand.of(
            command, "serve", "Serves the HTTP API on one port until it is told to stop.");
    spec.usageMessage().showDefaultValues(true);
    return spec.addOption(command.port)
        .addOption(command.host)
        .addOption(command.data)
        .addOption(command.allowReset)
        .addOption(command.origins)
        .addOption(command.access);
  }

  @Override
  public Integer call() {
    InetSocketAddress address = address();
    Access asked = ServeAccess.of(access.<@Nullable String>getValue(), address, folder());
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
        folder(),
        embedding,
        Compaction.IN_BACKGROUND,
        allowReset.<Boolean>getValue() ? Reset.ALLOWED : Reset.REFUSED,
        access);
  }

  private Path folder() {
    return data.getValue();
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private InetSocketAddress address() {
    InetSocketAddress address =
        new InetSocketAddress(host.<String>getValue(), port.<Integer>getValue());
    if (address.isUnresolved()) {
      throw new UsageException("there is no address named " + host.getValue(), null);
    }
    return address;
  }

  private LocalServer listen(InetSocketAddress address, LocalNode node) {
    HttpSettings settings =
        HttpSettings.standard().withAllowedOrigins(origins.<Set<String>>getValue());
    try {
      return LocalServer.start(address, settings, node);
    } catch (BindException e) {
      throw new UsageException(
          "cannot listen on %s port %d (%s); another program may use it: try --port %d"
              .formatted(
                  address.getHostString(),
                  address.getPort(),
                  e.getMessage(),
                  address.getPort() + 1),
          e);
    } catch (IOException e) {
      throw new UsageException(
          "cannot listen on %s port %d: %s"
              .formatted(address.getHostString(), address.getPort(), e),
          e);
    }
  }

  private String ready(LocalServer server) {
    return "Siltstone %s is ready at %s after %d ms, data in %s"
        .formatted(
            Version.text(),
            server.uri(),
            ProcessAge.now().toMillis(),
            folder().toAbsolutePath().normalize());
  }
}
