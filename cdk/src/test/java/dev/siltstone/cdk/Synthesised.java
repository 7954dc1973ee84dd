package dev.siltstone.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.cdk.props.StackContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;

/**
 * A stack and its template, made once for each set of options, without the functions' packages and
 * without a network.
 */
record Synthesised(SiltstoneStack stack, JsonNode template) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Map<String, String>, Synthesised> MADE = new ConcurrentHashMap<>();

  /** By pairs of an option's name, without its prefix, and a value. */
  static Synthesised with(String... options) {
    return MADE.computeIfAbsent(
        context(options),
        context -> {
          SiltstoneStack stack = define(Integer.toHexString(context.hashCode()), context);
          return new Synthesised(stack, JSON.valueToTree(Template.fromStack(stack).toJSON()));
        });
  }

  /**
   * The same, not synthesised yet.
   *
   * @param folder a name for its files
   */
  static SiltstoneStack define(String folder, String... options) {
    return define(folder, context(options));
  }

  private static Map<String, String> context(String... options) {
    Map<String, String> context = new TreeMap<>();
    for (int i = 0; i < options.length; i += 2) {
      context.put("siltstone:" + options[i], options[i + 1]);
    }
    return context;
  }

  private static SiltstoneStack define(String name, Map<String, String> context) {
    Path folder = emptyPackages(name);
    App app =
        App.Builder.create()
            .outdir(folder.resolve("cdk.out").toString())
            .context(Map.of("@aws-cdk/core:validateAgainstDefaultRules", isComplete(context)))
            .build();
    return new SiltstoneStack(
        app,
        "Test",
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-central-1").build())
            .build(),
        new StackContext(context).props(folder));
  }

  /** What is looked up in an account is a stand-in here that the CDK's own rules would refuse. */
  private static boolean isComplete(Map<String, String> context) {
    return !context.getOrDefault("siltstone:vpc", "").startsWith("vpc-");
  }

  /** Folders as the build leaves them, with nothing in them. */
  private static Path emptyPackages(String name) {
    Path folder = Path.of("target", "synthesised", name).toAbsolutePath();
    try {
      for (String module : List.of("producer-lambda", "compactor-lambda", "query-lambda")) {
        Files.createDirectories(folder.resolve(module).resolve("target/lambda"));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resources of a type, by logical id. */
  Map<String, JsonNode> all(String type) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    template
        .get("Resources")
        .properties()
        .forEach(resource -> {
          if (resource.getValue().path("Type").asText().equals(type)) {
            found.put(resource.getKey(), resource.getValue());
          }
        });
    return found;
  }

  /** Properties of all resources of a type. */
  List<JsonNode> properties(String type) {
    return all(type).values().stream().map(resource -> resource.path("Properties")).toList();
  }

  /** Properties of the only resource of a type. */
  JsonNode only(String type) {
    List<JsonNode> found = properties(type);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + type);
    }
    return found.getFirst();
  }

  /** Properties of the function with this handler. */
  JsonNode function(String handler) {
    return properties("AWS::Lambda::Function").stream()
        .filter(function -> function.path("Handler").asText().equals(handler))
        .findFirst()
        .orElseThrow();
  }
}
