package dev.siltstone.benchmarks.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that answers as {@link PeerProcess} does: that class itself, or a native one. */
final class ChildProcess {
  private final String name;
  private final List<String> command;

  private ChildProcess(String name, List<String> command) {
    this.name = name;
    this.command = command;
  }

  /** A Java peer, with the options of the present JVM. */
  static ChildProcess java(String peer, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PeerProcess.class.getName());
    command.add(peer);
    return new ChildProcess(peer, command);
  }

  /** A native program. */
  static ChildProcess program(String path) {
    return new ChildProcess("native", List.of(path));
  }

  String name() {
    return name;
  }

  /** Runs it; the figures of each line it printed, without the line's first word. */
  List<double[]> run(List<String> arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(command);
    line.addAll(arguments);
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "%s %s ended with %d: %s".formatted(name, String.join(" ", arguments), code, output));
    }
    return output
        .lines()
        .filter(text -> text.startsWith(arguments.getFirst()))
        .map(ChildProcess::figures)
        .toList();
  }

  private static double[] figures(String line) {
    return Arrays.stream(line.split("\t")).skip(1).mapToDouble(Double::parseDouble).toArray();
  }
}
