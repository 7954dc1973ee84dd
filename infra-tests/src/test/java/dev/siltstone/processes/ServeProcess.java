package dev.siltstone.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code siltstone serve} in a process of its own, on a free port, with the launcher's options for
 * Java.
 */
public final class ServeProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(".* is ready at (http://\\S+) after (\\d+) ms, .*");
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final URI uri;
  private final Duration ready;

  private ServeProcess(Process process, URI uri, Duration ready) {
    this.process = process;
    this.uri = uri;
    this.ready = ready;
  }

  /** Starts it and returns once it says that it is ready. */
  public static ServeProcess start(Path data, String... options) throws IOException {
    return start(List.of(), data, options);
  }

  /** The same with further options for Java. */
  public static ServeProcess start(List<String> javaOptions, Path data, String... options)
      throws IOException {
    List<String> command = java();
    command.addAll(command.indexOf("-cp"), javaOptions);
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return new ServeProcess(
            process, URI.create(ready.group(1)), Duration.ofMillis(Long.parseLong(ready.group(2))));
      }
    }
    throw new IOException("serve ended before it was ready");
  }

  private static List<String> java() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.siltstone.local.Siltstone"));
  }

  public URI uri() {
    return uri;
  }

  /** From the launch of the process to its being ready, by its own account. */
  public Duration ready() {
    return ready;
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM; returns how long the process took to end. */
  public Duration terminate() throws InterruptedException {
    long asked = System.nanoTime();
    process.destroy();
    await();
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  private void await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
