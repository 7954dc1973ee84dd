package dev.siltstone.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A function as the template configures it.
 *
 * @param folder the unpacked package
 * @param environment its variables, with references resolved
 */
record FunctionConfig(
    Artifact artifact,
    Path folder,
    String handler,
    int memoryMb,
    Duration timeout,
    boolean snapStart,
    Map<String, String> environment) {
  /** Reads the properties of an {@code AWS::Lambda::Function}. */
  static FunctionConfig of(JsonNode function, References references) {
    String handler = function.path("Handler").asText();
    Map<String, String> environment = new HashMap<>();
    function
        .at("/Environment/Variables")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), references.resolve(entry.getValue())));
    environment.put(
        "AWS_LAMBDA_LOG_FORMAT",
        function.at("/LoggingConfig/LogFormat").asText().equals("JSON") ? "JSON" : "TEXT");
    return new FunctionConfig(
        artifact(handler),
        artifact(handler).folder(),
        handler,
        function.path("MemorySize").asInt(),
        Duration.ofSeconds(function.path("Timeout").asInt()),
        function.has("SnapStart"),
        environment);
  }

  private static Artifact artifact(String handler) {
    return switch (handler) {
      case "dev.siltstone.ingest.lambda.ProducerHandler" -> Artifact.PRODUCER;
      case "dev.siltstone.compactor.lambda.CompactorHandler" -> Artifact.COMPACTOR;
      case "dev.siltstone.query.lambda.QueryHandler" -> Artifact.QUERY;
      default -> throw new IllegalArgumentException("no function of ours: " + handler);
    };
  }

  FunctionConfig with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return withEnvironment(more);
  }

  FunctionConfig without(String variable) {
    Map<String, String> fewer = new HashMap<>(environment);
    fewer.remove(variable);
    return withEnvironment(fewer);
  }

  private FunctionConfig withEnvironment(Map<String, String> other) {
    return new FunctionConfig(artifact, folder, handler, memoryMb, timeout, snapStart, other);
  }

  /** The same function as another checkout has packaged it. */
  FunctionConfig of(Path checkout) {
    return new FunctionConfig(
        artifact, artifact.folder(checkout), handler, memoryMb, timeout, snapStart, environment);
  }

  /** What a reference in the template stands for. */
  @FunctionalInterface
  interface References {
    String resolve(JsonNode value);
  }
}
