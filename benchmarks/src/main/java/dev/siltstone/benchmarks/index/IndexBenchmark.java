package dev.siltstone.benchmarks.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares our index with its peers on one workload and prints a table: build in CPU-seconds by
 * number of threads, queries per CPU-second of one thread at given recalls, time to open and to the
 * first answer in a fresh JVM. Medians over alternating rounds.
 */
@Command(name = "index-benchmark", mixinStandardHelpOptions = true, sortOptions = false)
public final class IndexBenchmark implements Callable<Integer> {
  @Option(names = "--rows", description = "vectors to draw (default ${DEFAULT-VALUE})")
  private int rows = 100_000;

  @Option(names = "--dimension", description = "of drawn vectors (default ${DEFAULT-VALUE})")
  private int dimension = 384;

  @Option(names = "--queries", description = "queries to draw (default ${DEFAULT-VALUE})")
  private int queries = 1_000;

  @Option(names = "--seed", description = "of drawn vectors (default ${DEFAULT-VALUE})")
  private long seed = 42;

  @Option(names = "--fvecs", arity = "2", description = "files of vectors and queries, not drawn")
  private @Nullable List<Path> files;

  @Option(names = "--peers", split = ",", description = "default ${DEFAULT-VALUE}")
  private List<String> peers = Peer.all().stream().map(Peer::name).toList();

  @Option(names = "--native", description = "program that answers as PeerProcess documents")
  private @Nullable String program;

  @Option(names = "--threads", split = ",", description = "builders (default ${DEFAULT-VALUE})")
  private List<Integer> threads = List.of(1, 2);

  @Option(names = "--recall", split = ",", description = "targets (default ${DEFAULT-VALUE})")
  private List<Double> recalls = List.of(0.95, 0.99);

  @Option(names = "--build-rounds", description = "default ${DEFAULT-VALUE}")
  private int buildRounds = 1;

  @Option(names = "--rounds", description = "of searching and opening (${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(names = "--java", description = "an option for the peers' JVM (default -Xmx4g)")
  private List<String> javaOptions = List.of("-Xmx4g");

  @Option(names = "--folder", required = true, description = "an empty or new folder to work in")
  private Path folder = Path.of("");

  /** Prints its options with {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new IndexBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Workload workload = workload();
    List<Contestant> contestants = contestants(workload);
    build(contestants);
    for (Contestant contestant : contestants) {
      contestant.calibrate(recalls);
    }
    for (int round = 0; round < rounds; round++) {
      for (Contestant contestant : contestants) {
        contestant.search();
        contestant.open();
      }
    }
    List<PeerFigures> figures = contestants.stream().map(Contestant::figures).toList();
    System.out.print(new FigureTable(threads, recalls).render(figures));
    return 0;
  }

  private Workload workload() throws IOException {
    Path target = folder.resolve("workload");
    if (files == null) {
      ClusteredVectors vectors = new ClusteredVectors(dimension, seed);
      return Workload.write(target, vectors.draw(0, rows), vectors.draw(1, queries));
    }
    return Workload.write(
        target, VectorFiles.readFloats(files.get(0)), VectorFiles.readFloats(files.get(1)));
  }

  private List<Contestant> contestants(Workload workload) {
    List<ChildProcess> processes = new ArrayList<>();
    peers.forEach(peer -> processes.add(ChildProcess.java(peer, javaOptions)));
    if (program != null) {
      processes.add(ChildProcess.program(program));
    }
    return processes.stream()
        .map(process -> new Contestant(process, workload, folder.resolve(process.name())))
        .toList();
  }

  /** Builds with each number of threads; the index of the first number is the one searched. */
  private void build(List<Contestant> contestants) throws IOException, InterruptedException {
    for (int round = 0; round < buildRounds; round++) {
      for (int count : threads) {
        for (Contestant contestant : contestants) {
          boolean searched = round == 0 && count == threads.getFirst();
          contestant.build(
              count,
              searched
                  ? contestant.index()
                  : Files.createTempDirectory(folder, contestant.figures().name()));
        }
      }
    }
  }
}
