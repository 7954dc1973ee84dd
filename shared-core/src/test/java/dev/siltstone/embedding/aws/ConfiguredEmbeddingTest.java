package dev.siltstone.embedding.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.embedding.RecordingClock;
import dev.siltstone.settings.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

class ConfiguredEmbeddingTest {
  @Test
  void hasNoneUnlessAskedFor() {
    assertThat(functions(Map.of())).isSameAs(EmbeddingFunctions.NONE);
    assertThat(functions(Map.of("SILTSTONE_EMBEDDING_FUNCTION", "none")))
        .isSameAs(EmbeddingFunctions.NONE);
  }

  @Test
  void namesABedrockModel() {
    var functions =
        functions(
            Map.of(
                "SILTSTONE_EMBEDDING_FUNCTION", "bedrock",
                "SILTSTONE_EMBEDDING_MODEL", "amazon.titan-embed-text-v2:0",
                "SILTSTONE_EMBEDDING_DIMENSION", "512"));
    assertThat(functions.forCollection(null, 0).name()).isEqualTo("amazon.titan-embed-text-v2:0");
    assertThat(functions.forCollection(null, 0).dimension()).isEqualTo(512);
  }

  @Test
  void namesAnEndpointsModel() {
    var functions =
        functions(
            Map.of(
                "SILTSTONE_EMBEDDING_FUNCTION", "openai",
                "SILTSTONE_EMBEDDING_URL", "http://127.0.0.1:9/v1",
                "SILTSTONE_EMBEDDING_MODEL", "nomic-embed-text",
                "SILTSTONE_EMBEDDING_DIMENSION", "768"));
    assertThat(functions.named("nomic-embed-text")).isPresent();
  }

  @Test
  void saysWhichSettingIsMissingOrWrong() {
    assertThatThrownBy(() -> functions(Map.of("SILTSTONE_EMBEDDING_FUNCTION", "openai")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SILTSTONE_EMBEDDING_URL");
    assertThatThrownBy(() -> functions(Map.of("SILTSTONE_EMBEDDING_FUNCTION", "magic")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected none, bedrock or openai");
  }

  private static EmbeddingFunctions functions(Map<String, String> environment) {
    return ConfiguredEmbedding.of(
        new Settings(environment),
        ConfiguredEmbeddingTest::client,
        new RecordingClock(),
        new Random(1));
  }

  private static BedrockRuntimeClient client() {
    return BedrockTestClient.at(URI.create("http://127.0.0.1:9"));
  }
}
