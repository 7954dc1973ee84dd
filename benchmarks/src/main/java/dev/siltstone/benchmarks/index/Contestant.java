package dev.siltstone.benchmarks.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One peer on one workload: runs its process and gathers its figures. */
final class Contestant {
  /** Sizes of the candidate list that are tried for a recall, about 7 % apart. */
  private static final List<String> EFS =
      IntStream.range(0, 60)
          .mapToObj(step -> Integer.toString((int) Math.round(10 * Math.pow(1.07, step))))
          .distinct()
          .toList();

  private final ChildProcess process;
  private final Workload workload;
  private final Path index;
  private final PeerFigures figures;
  private final List<Double> recalls = new ArrayList<>();
  private final List<String> efs = new ArrayList<>();

  Contestant(ChildProcess process, Workload workload, Path index) {
    this.process = process;
    this.workload = workload;
    this.index = index;
    this.figures = new PeerFigures(process.name());
  }

  PeerFigures figures() {
    return figures;
  }

  /** The folder of the index that is searched and opened. */
  Path index() {
    return index;
  }

  void build(int threads, Path target) throws IOException, InterruptedException {
    double[] seconds = run("build", target, List.of(Integer.toString(threads))).getFirst();
    figures.add(FigureTable.buildCpu(threads), seconds[0]);
    figures.add(FigureTable.buildTime(threads), seconds[1]);
  }

  /** Finds the smallest ef that reaches each recall, or the largest tried if none does. */
  void calibrate(List<Double> targets) throws IOException, InterruptedException {
    List<double[]> tried = run("search", index, EFS);
    for (double target : targets) {
      double[] line =
          tried.stream().filter(figure -> figure[1] >= target).findFirst().orElse(tried.getLast());
      recalls.add(target);
      efs.add(Integer.toString((int) line[0]));
    }
  }

  void search() throws IOException, InterruptedException {
    List<double[]> lines = run("search", index, efs);
    for (int i = 0; i < lines.size(); i++) {
      figures.add(FigureTable.ef(recalls.get(i)), lines.get(i)[0]);
      figures.add(FigureTable.recall(recalls.get(i)), lines.get(i)[1]);
      figures.add(FigureTable.queries(recalls.get(i)), lines.get(i)[2]);
    }
  }

  void open() throws IOException, InterruptedException {
    double[] millis = run("open", index, List.of()).getFirst();
    figures.add(FigureTable.OPEN, millis[0]);
    figures.add(FigureTable.FIRST_ANSWER, millis[1]);
  }

  private List<double[]> run(String what, Path target, List<String> numbers)
      throws IOException, InterruptedException {
    System.err.println(what + " " + process.name());
    List<String> arguments = new ArrayList<>();
    arguments.add(what);
    arguments.add(workload.folder().toString());
    arguments.add(target.toString());
    arguments.addAll(numbers);
    return process.run(arguments);
  }
}
