package dev.siltstone.local;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.local.embedding.AllMiniLmEmbeddingFunction;
import dev.siltstone.local.http.HttpSettings;
import dev.siltstone.local.http.LocalServer;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Starts a server on a folder that an earlier run has prepared, asks it for everything common, and
 * ends. The launcher runs it after a build, so that the JVM can note which classes a start and the
 * first answers need, and keep them loaded and linked in its ahead-of-time cache.
 *
 * <p>Two runs, because preparing builds a graph and so loads the Vector API, which a cache cannot
 * hold.
 */
@Command(name = "train", hidden = true, description = "The run that the AOT cache is made from.")
final class TrainingCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A folder; empty before it is prepared.")
  private Path folder = Path.of("");

  @Option(names = "--prepare", description = "Leaves a collection whose snapshot has a graph.")
  private boolean prepare;

  @Option(
      names = "--natives",
      paramLabel = "DIR",
      description = "A new folder for native code, unpacked for later starts.")
  private @Nullable Path natives;

  @Override
  public Integer call() throws IOException {
    if (natives != null) {
      NativeLibraries.unpack(natives);
    }
    try (AllMiniLmEmbeddingFunction embedding = new AllMiniLmEmbeddingFunction(1)) {
      if (prepare) {
        prepare(embedding);
      } else {
        serve(embedding);
      }
    }
    return 0;
  }

  private void prepare(EmbeddingFunction embedding) {
    try (LocalNode node = open(embedding, Compaction.ON_DEMAND)) {
      TrainingRequests requests = TrainingRequests.onNewCollection(node::answer);
      requests.addMany();
      node.compact(requests.collection());
    }
  }

  /** What a restart does, up to its first answers. */
  private void serve(EmbeddingFunction embedding) throws IOException {
    try (LocalNode node = open(embedding, Compaction.IN_BACKGROUND);
        LocalServer server =
            LocalServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                HttpSettings.standard(),
                node)) {
      TrainingRequests requests = TrainingRequests.onCollection(node::answer);
      requests.read();
      requests.write();
      requests.read();
      requests.readOverHttp(server.uri());
    }
  }

  private LocalNode open(EmbeddingFunction embedding, Compaction compaction) {
    return LocalNode.open(new NodeSettings(folder, embedding, compaction, Reset.REFUSED));
  }
}
