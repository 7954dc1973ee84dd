package dev.siltstone.permissions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.cdk.SiltstoneStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;

/** The template of each {@link DeployedStack}; all synthesised once in this JVM. */
public final class DeployedTemplates {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeployedTemplates() {}

  private static final class Made {
    static final Map<DeployedStack, JsonNode> BY_STACK = synthesise();
  }

  /** Whether the CDK can run here: it needs Node.js. */
  public static boolean areThere() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
  }

  static JsonNode of(DeployedStack stack) {
    return Objects.requireNonNull(Made.BY_STACK.get(stack));
  }

  /** How many resources of a type, such as {@code AWS::SQS::Queue}, a stack has. */
  public static long count(DeployedStack stack, String type) {
    return StreamSupport.stream(of(stack).get("Resources").spliterator(), false)
        .filter(resource -> resource.path("Type").asText().equals(type))
        .count();
  }

  private static Map<DeployedStack, JsonNode> synthesise() {
    try {
      Path folder = Files.createDirectories(Path.of("target", "deployed").toAbsolutePath());
      for (String module : List.of("producer", "compactor", "query")) {
        Files.createDirectories(folder.resolve(module + "-lambda/target/lambda"));
      }
      App app = App.Builder.create().outdir(folder.resolve("cdk.out").toString()).build();
      Map<DeployedStack, SiltstoneStack> stacks = new EnumMap<>(DeployedStack.class);
      for (DeployedStack kind : DeployedStack.values()) {
        stacks.put(kind, stack(app, kind, folder));
      }
      Map<DeployedStack, JsonNode> templates = new EnumMap<>(DeployedStack.class);
      stacks.forEach((kind, stack) ->
          templates.put(kind, JSON.valueToTree(Template.fromStack(stack).toJSON())));
      return templates;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SiltstoneStack stack(App app, DeployedStack kind, Path folder) {
    return new SiltstoneStack(
        app,
        kind.id(),
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-central-1").build())
            .build(),
        kind.context().props(folder));
  }
}
