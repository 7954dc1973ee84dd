package dev.siltstone.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.cdk.SiltstoneStack;
import dev.siltstone.cdk.props.StackContext;
import dev.siltstone.emulators.AwsFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/** The stack as the CDK synthesises it from the packages as they are. */
final class DeployedTemplate {
  private final JsonNode resources;

  private DeployedTemplate(JsonNode template) {
    this.resources = template.path("Resources");
  }

  /** Whether there is a Node.js, on which the CDK's library runs. */
  static boolean canBeMade() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
  }

  /** The default stack. */
  static DeployedTemplate synthesise(Path out) throws IOException {
    App app = App.Builder.create().outdir(out.toString()).build();
    SiltstoneStack _ =
        new SiltstoneStack(
            app,
            "Siltstone",
            StackProps.builder()
                .env(Environment.builder().account("111122223333").region("us-east-1").build())
                .build(),
            new StackContext(Map.of()).props(Path.of("..").toAbsolutePath().normalize()));
    app.synth();
    return new DeployedTemplate(
        new ObjectMapper().readTree(out.resolve("Siltstone.template.json").toFile()));
  }

  /** A function, its references resolved to what the family has. */
  FunctionConfig function(Artifact artifact, AwsFamily family) {
    return all("AWS::Lambda::Function").stream()
        .filter(function -> function.path("Handler").asText().startsWith("dev.siltstone."))
        .map(function -> FunctionConfig.of(function, value -> resolve(value, family)))
        .filter(function -> function.artifact() == artifact)
        .findFirst()
        .orElseThrow();
  }

  /** The compactor's event source. */
  JsonNode eventSource() {
    return all("AWS::Lambda::EventSourceMapping").getFirst();
  }

  /** The queue of notices: the one with a redrive policy. */
  JsonNode noticeQueue() {
    return all("AWS::SQS::Queue").stream()
        .filter(queue -> queue.has("RedrivePolicy"))
        .findFirst()
        .orElseThrow();
  }

  private String resolve(JsonNode value, AwsFamily family) {
    if (value.isTextual()) {
      return value.asText();
    }
    String id = value.has("Ref") ? value.get("Ref").asText() : value.at("/Fn::GetAtt/0").asText();
    return switch (resources.path(id).path("Type").asText()) {
      case "AWS::S3::Bucket" -> family.bucket();
      case "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable" -> family.tableName();
      case "AWS::SQS::Queue" -> family.queueUrl();
      case String type ->
          throw new IllegalArgumentException("%s refers to a %s".formatted(value, type));
    };
  }

  private List<JsonNode> all(String type) {
    return StreamSupport.stream(resources.spliterator(), false)
        .filter(resource -> resource.path("Type").asText().equals(type))
        .map(resource -> resource.path("Properties"))
        .toList();
  }
}
