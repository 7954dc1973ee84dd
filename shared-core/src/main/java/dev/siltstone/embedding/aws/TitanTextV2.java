package dev.siltstone.embedding.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.siltstone.embedding.TextBatches;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Amazon Titan Text Embeddings V2: one text a call, up to 8,192 tokens; longer ones are refused.
 *
 * <pre>
 * request  {"inputText": text, "dimensions": 256 | 512 | 1024, "normalize": true}
 * answer   {"embedding": [0.1, …], "inputTextTokenCount": n, …}
 * </pre>
 */
record TitanTextV2(int dimension) implements BedrockFormat {
  private static final Set<Integer> DIMENSIONS = Set.of(256, 512, 1_024);

  TitanTextV2 {
    if (!DIMENSIONS.contains(dimension)) {
      throw new IllegalArgumentException(
          "Titan text embeddings have 256, 512 or 1024 dimensions, not " + dimension);
    }
  }

  @Override
  public TextBatches batches() {
    return new TextBatches(1, 50_000, 8);
  }

  @Override
  public void writeRequest(JsonGenerator json, List<String> texts, TextPurpose purpose)
      throws IOException {
    json.writeStringField("inputText", texts.getFirst());
    json.writeNumberField("dimensions", dimension);
    json.writeBooleanField("normalize", true);
  }

  @Override
  public List<float[]> readAnswer(JsonParser json) throws IOException {
    return BedrockFormat.find(json, "embedding")
        ? List.of(BedrockFormat.readVector(json))
        : List.of();
  }
}
