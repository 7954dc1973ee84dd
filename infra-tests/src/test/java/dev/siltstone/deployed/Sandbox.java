package dev.siltstone.deployed;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.deployed.RuntimeApi.Answer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One execution environment: a process in the unpacked package, with the runtime interface client
 * as its main class and nothing of this JVM's class path but that client. Takes one event at a
 * time; what it prints goes to a file.
 */
final class Sandbox implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Starting a JVM on a machine that does much else. */
  private static final long PATIENCE_SECONDS = 180;

  /** The share of a function's memory that its heap may have. */
  private static final int HEAP_PERCENT = 80;

  private static final String CLIENT =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(path -> path.matches(".*/(aws-lambda-java-|utils-lite|annotations-2)[^/]*"))
          .collect(Collectors.joining(File.pathSeparator));

  /** Property that names the client's native library. */
  private static final String NATIVE_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final FunctionConfig config;
  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  private Sandbox(FunctionConfig config, RuntimeApi api, Process process, Path log) {
    this.config = config;
    this.api = api;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one and does not wait.
   *
   * @param folder its {@code /tmp}; what it prints goes to a file beside it
   * @param services where the services are, and credentials
   * @param options of the command line, which beat those of JAVA_TOOL_OPTIONS
   */
  static Sandbox start(
      FunctionConfig config, Path folder, Map<String, String> services, List<String> options)
      throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    RuntimeApi api = new RuntimeApi();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC"); // As the managed runtime does.
    command.add("-Xmx" + config.memoryMb() * HEAP_PERCENT / 100 + "m");
    command.add("-D" + NATIVE_CLIENT + "=" + nativeClient(folder));
    command.addAll(options);
    command.addAll(List.of("-cp", CLIENT, AWSLambda.class.getName(), config.handler()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(config.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(config.environment());
    environment.putAll(services);
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", config.artifact().name());
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(config.memoryMb()));
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "group");
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", folder.getFileName().toString());
    environment.put("_HANDLER", config.handler());
    environment.put("TMPDIR", folder.toString());
    Process process = builder.start();
    CompletableFuture<Void> _ = process.onExit().thenRun(api::ended);
    return new Sandbox(config, api, process, log);
  }

  /**
   * The client's native library, for this process alone: left to itself each process would write it
   * to one place, over the one that others have mapped.
   */
  private static Path nativeClient(Path folder) throws IOException {
    String cpu = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    Path library = folder.resolve("client.so");
    try (InputStream in =
        Objects.requireNonNull(
            AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + cpu + ".so"))) {
      Files.copy(in, library);
    }
    return library;
  }

  RuntimeApi api() {
    return api;
  }

  /** Waits until the handler is made; the message of its failure, or empty. */
  String awaitInitialised() throws InterruptedException {
    try {
      return api.initialised().get(PATIENCE_SECONDS, TimeUnit.SECONDS).body();
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no handler: " + printed(), e);
    }
  }

  /** What came of an event; after the function's time is up, it is killed, as Lambda does. */
  synchronized Answer send(Object event) throws InterruptedException {
    try {
      String body = JSON.writeValueAsString(event);
      return api.invoke(UUID.randomUUID().toString(), body, config.timeout())
          .get(config.timeout().toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer: " + printed(), e);
    }
  }

  /** The answer to an event that succeeds. */
  JsonNode invoke(Object event) throws InterruptedException {
    Answer answer = send(event);
    if (answer.failed()) {
      throw new AssertionError(answer.body() + "\n" + printed());
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  /** Whatever it has printed so far. */
  String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The processor time that it has taken so far, of all its threads. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Sends SIGKILL, whatever it is doing. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
  }
}
