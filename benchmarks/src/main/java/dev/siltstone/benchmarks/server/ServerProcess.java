package dev.siltstone.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server of our own on a folder, started by its launcher and stopped by SIGTERM. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Siltstone .* is ready at (\\S+) after.*");
  private static final long STOP_SECONDS = 20;

  private final Process process;
  private final URI uri;

  private ServerProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Starts it on a free port; returns when it says that it is ready. */
  static ServerProcess start(List<String> launcher, Path data) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return new ServerProcess(process, URI.create(ready.group(1)));
      }
    }
    throw new IOException("the server ended before it was ready");
  }

  URI uri() {
    return uri;
  }

  /** Resident memory in MB: {@code VmRSS} is all of it, {@code RssAnon} what no file backs. */
  double memory(String field) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
              .filter(line -> line.startsWith(field + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1e3;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
