package dev.siltstone.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.emulators.Emulators;
import dev.siltstone.permissions.CallCheck;
import dev.siltstone.permissions.CallRecorder;
import dev.siltstone.permissions.DeployedStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One function in a JVM of its own, over the emulators' services. Its calls are recorded and held
 * against the policies of the deployed function.
 */
final class HandlerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where nobody listens: warming up is tried and fails, which must not matter. */
  private static final String NOBODY = "http://127.0.0.1:1";

  private final DeployedStack stack;
  private final String function;
  private final Path calls;
  private final Process process;
  private final BufferedReader answers;
  private final Writer events;

  private HandlerProcess(DeployedStack stack, String function, Path calls, Process process) {
    this.stack = stack;
    this.function = function;
    this.calls = calls;
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.events = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts a handler that anyone may call and waits until it is made. */
  static HandlerProcess start(String handler, AwsFamily family, Path folder) throws IOException {
    return start(handler, family, folder, "open");
  }

  /** Starts a handler with this setting of access. */
  static HandlerProcess start(String handler, AwsFamily family, Path folder, String access)
      throws IOException {
    return start(handler, family, folder, access, NOBODY);
  }

  /**
   * The same, with an address at which it finds Lambda.
   *
   * @param warmUps where invocations of the query function go
   */
  static HandlerProcess start(
      String handler, AwsFamily family, Path folder, String access, String warmUps)
      throws IOException {
    return start(DeployedStack.WITH_OPTIONS, handler, family, folder, access, warmUps);
  }

  /** Starts a handler as a stack of this kind does, with access by token. */
  static HandlerProcess start(DeployedStack stack, String handler, AwsFamily family, Path folder)
      throws IOException {
    return start(stack, handler, family, folder, "token", NOBODY);
  }

  private static HandlerProcess start(
      DeployedStack stack,
      String handler,
      AwsFamily family,
      Path folder,
      String access,
      String warmUps)
      throws IOException {
    Files.createDirectories(folder);
    Path calls = folder.resolve("calls-" + UUID.randomUUID());
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + CallRecorder.FILE + "=" + calls,
                "-cp",
                System.getProperty("java.class.path"),
                HandlerMain.class.getName(),
                handler));
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("SILTSTONE_BUCKET", family.bucket()),
                Map.entry("SILTSTONE_TABLE", family.tableName()),
                Map.entry("SILTSTONE_QUEUE_URL", family.queueUrl()),
                Map.entry("SILTSTONE_ACCESS", access),
                Map.entry("AWS_ENDPOINT_URL_S3", Emulators.s3().toString()),
                Map.entry("AWS_ENDPOINT_URL_DYNAMODB", Emulators.dynamoDb().toString()),
                Map.entry("AWS_ENDPOINT_URL_SQS", Emulators.sqs().toString()),
                Map.entry("AWS_REGION", AwsServices.emulated().region().id()),
                Map.entry("AWS_ACCESS_KEY_ID", "test"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
                Map.entry("TMPDIR", folder.toString())));
    if (stack == DeployedStack.WITH_OPTIONS) {
      builder
          .environment()
          .putAll(
              Map.of(
                  "SILTSTONE_IMPORT_QUEUE_URL",
                  family.importQueueUrl(),
                  "SILTSTONE_WARM_UP_FUNCTION",
                  "query:live",
                  "AWS_ENDPOINT_URL_LAMBDA",
                  warmUps));
    }
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    HandlerProcess started =
        new HandlerProcess(stack, CallCheck.function(handler), calls, builder.start());
    assertThat(started.line()).isEqualTo(HandlerMain.OK + "ready");
    return started;
  }

  /** The answer to an event that succeeds. */
  JsonNode invoke(Object event) throws IOException {
    return answer(send("", event));
  }

  /** The answer to an event that succeeds, though hardly any time is left. */
  JsonNode invokeShortly(Object event) throws IOException {
    return answer(send(HandlerMain.SHORT, event));
  }

  private static JsonNode answer(String line) throws IOException {
    assertThat(line).startsWith(HandlerMain.OK);
    return JSON.readTree(line.substring(HandlerMain.OK.length()));
  }

  /** The message of an invocation that fails. */
  String invokeFailing(Object event) throws IOException {
    String line = send("", event);
    assertThat(line).startsWith(HandlerMain.FAILED);
    return line.substring(HandlerMain.FAILED.length());
  }

  private String send(String prefix, Object event) throws IOException {
    events.write(prefix + JSON.writeValueAsString(event) + "\n");
    events.flush();
    return line();
  }

  /** The next answer; functions also print their metrics there, as JSON objects. */
  private String line() {
    try {
      String line = answers.readLine();
      while (line != null
          && !line.startsWith(HandlerMain.OK)
          && !line.startsWith(HandlerMain.FAILED)) {
        line = answers.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("the handler's process has ended");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the process asked of AWS so far. */
  Path calls() {
    return calls;
  }

  /** Ends the process, and finds that the deployed function might have done all that it did. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      CallCheck.allAllowed(stack, function, calls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
