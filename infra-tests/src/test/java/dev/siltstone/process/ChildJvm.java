package dev.siltstone.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JVM with this class path that runs a main class and is spoken to line by line. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedWriter input;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.input = process.outputWriter(UTF_8);
    this.output = process.inputReader(UTF_8);
  }

  static ChildJvm start(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(Arrays.asList(arguments));
    try {
      return new ChildJvm(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + main, e);
    }
  }

  void send(String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("child does not listen", e);
    }
  }

  /** The next line; the child must not have ended. */
  String receive() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("child ended with " + process.waitFor());
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException("child does not speak", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Sends SIGKILL; returns the whole lines that the child had written and nobody had read. */
  List<String> kill() {
    // Through the handle: Process.destroyForcibly would close the streams as well.
    process.toHandle().destroyForcibly();
    List<String> rest = new ArrayList<>();
    try {
      int ended = process.waitFor();
      StringBuilder text = new StringBuilder();
      for (int c = output.read(); c >= 0; c = output.read()) {
        text.append((char) c);
      }
      for (int from = 0, to; (to = text.indexOf("\n", from)) >= 0; from = to + 1) {
        rest.add(text.substring(from, to));
      }
      if (ended == 0) {
        throw new AssertionError("child had ended by itself");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("child's output is unreadable", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    return rest;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
