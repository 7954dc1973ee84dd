package dev.siltstone.embedding.aws;

import static dev.siltstone.settings.SettingName.EMBEDDING_API_KEY;
import static dev.siltstone.settings.SettingName.EMBEDDING_DIMENSION;
import static dev.siltstone.settings.SettingName.EMBEDDING_FUNCTION;
import static dev.siltstone.settings.SettingName.EMBEDDING_MODEL;
import static dev.siltstone.settings.SettingName.EMBEDDING_SHORTENS;
import static dev.siltstone.settings.SettingName.EMBEDDING_URL;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.embedding.openai.ApiKey;
import dev.siltstone.embedding.openai.OpenAiCompatibleEmbeddingFunction;
import dev.siltstone.embedding.openai.OpenAiEndpoint;
import dev.siltstone.settings.Settings;
import dev.siltstone.time.Clock;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** The embedding functions that a function's settings name. Both handlers that embed use it. */
public final class ConfiguredEmbedding {
  private ConfiguredEmbedding() {}

  /**
   * Reads the settings.
   *
   * @param bedrock makes the client if the settings ask for Bedrock
   * @throws IllegalStateException if a setting that is needed is missing or wrong
   */
  public static EmbeddingFunctions of(
      Settings settings,
      Supplier<BedrockRuntimeClient> bedrock,
      Clock clock,
      RandomGenerator random) {
    String kind = settings.find(EMBEDDING_FUNCTION).orElse("none");
    return switch (kind) {
      case "none" -> EmbeddingFunctions.NONE;
      case "bedrock" -> only(bedrock(settings, bedrock.get(), new AwsCalls(clock, random)));
      case "openai" ->
          only(new OpenAiCompatibleEmbeddingFunction(endpoint(settings), clock, random));
      default ->
          throw new IllegalStateException(
              "%s is %s; expected none, bedrock or openai"
                  .formatted(EMBEDDING_FUNCTION.variable(), kind));
    };
  }

  private static EmbeddingFunctions only(EmbeddingFunction function) {
    return new EmbeddingFunctions(List.of(function));
  }

  private static EmbeddingFunction bedrock(
      Settings settings, BedrockRuntimeClient client, AwsCalls calls) {
    return new BedrockEmbeddingFunction(
        client, calls, settings.get(EMBEDDING_MODEL), settings.number(EMBEDDING_DIMENSION));
  }

  private static OpenAiEndpoint endpoint(Settings settings) {
    return new OpenAiEndpoint(
        URI.create(settings.get(EMBEDDING_URL)),
        settings.get(EMBEDDING_MODEL),
        settings.find(EMBEDDING_API_KEY).map(ApiKey::new).orElse(null),
        settings.number(EMBEDDING_DIMENSION),
        settings.find(EMBEDDING_SHORTENS).map(Boolean::parseBoolean).orElse(false));
  }
}
