package dev.siltstone.benchmarks.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures a server from end to end over HTTP. With {@code --url} any server with Chroma's version
 * 2 routes; otherwise our own on a temporary folder, and then also its memory, disk and restart.
 */
@Command(
    name = "ServerBenchmark",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class ServerBenchmark implements Callable<Integer> {
  private static final Duration SETTLING = Duration.ofSeconds(8);
  private static final int RESTARTS = 7;

  @Option(names = "--url", description = "A running server, such as http://127.0.0.1:8000.")
  private @Nullable URI url;

  @Option(
      names = "--launcher",
      split = " ",
      description = "The command that starts our own server, without 'serve'.")
  private List<String> launcher = List.of("./siltstone");

  @Option(names = "--n", description = "Records.")
  private int n = 100_000;

  @Option(names = "--dim", description = "Values a vector, where they are drawn.")
  private int dimension = 384;

  @Option(names = "--seed", description = "Equal seeds give equal data.")
  private long seed = 7;

  @Option(names = "--fvecs", description = "Takes the vectors from this file.")
  private @Nullable Path fvecs;

  @Option(names = "--seconds", description = "How long each load of queries lasts.")
  private double seconds = 5;

  @Option(names = "--clients", split = ",", description = "Connections at once, a load each.")
  private List<Integer> clients = List.of(1, 4, 16, 256);

  @Option(names = "--out", description = "The folder for table, CSV and plots.")
  private Path out = Path.of("server-figures");

  /** Runs the driver. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ServerBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    DataSet data = DataSet.of(n, dimension, seed, fvecs);
    System.out.printf(
        "%,d records of %d values, seed %d, %s%n",
        data.size(), data.dimension(), seed, url == null ? launcher : url);
    Figures figures = new Figures();
    URI given = url;
    if (given == null) {
      measureOwn(data, figures);
    } else {
      Workload workload = new Workload(data, figures, seconds, clients);
      workload.ingest(given);
      workload.reads();
      workload.writes();
      workload.drop();
    }
    figures.write(out);
    System.out.println();
    System.out.print(figures.markdown());
    return 0;
  }

  private void measureOwn(DataSet data, Figures figures) throws Exception {
    try (DataFolder folder = DataFolder.create()) {
      Workload workload = new Workload(data, figures, seconds, clients);
      try (ServerProcess server = ServerProcess.start(launcher, folder.path())) {
        workload.ingest(server.uri());
        memory(figures, server, "after ingest");
        figures.add("size", "most memory until then", "MB", server.memory("VmHWM"));
        workload.reads();
        workload.writes();
        figures.add("size", "disk with older snapshots", "MB", folder.megabytes());
        folder.collectGarbage(launcher);
        figures.add("size", "live disk after gc", "MB", folder.megabytes());
      }
      restarts(folder, workload, figures);
    }
  }

  private void restarts(DataFolder folder, Workload workload, Figures figures) throws Exception {
    double[] ready = new double[RESTARTS];
    double[] answered = new double[RESTARTS];
    for (int i = 0; i < RESTARTS; i++) {
      long launched = System.nanoTime();
      try (ServerProcess server = ServerProcess.start(launcher, folder.path())) {
        ready[i] = (System.nanoTime() - launched) / 1e6;
        workload.moveTo(server.uri());
        answered[i] = (System.nanoTime() - launched) / 1e6;
        if (i == RESTARTS - 1) {
          memory(figures, server, "after restart");
        }
      }
    }
    Arrays.sort(ready);
    Arrays.sort(answered);
    figures.add("latency", "restart to ready, median", "ms", ready[RESTARTS / 2]);
    figures.add("latency", "restart to first answer, median", "ms", answered[RESTARTS / 2]);
  }

  /** Some seconds after the work, for that is how a server is found when somebody looks. */
  private static void memory(Figures figures, ServerProcess server, String when) throws Exception {
    Thread.sleep(SETTLING);
    figures.add("size", "memory " + when, "MB", server.memory("VmRSS"));
    figures.add("size", "of it anonymous", "MB", server.memory("RssAnon"));
  }
}
