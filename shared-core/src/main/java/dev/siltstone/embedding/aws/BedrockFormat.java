package dev.siltstone.embedding.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.siltstone.embedding.TextBatches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model family takes and answers as the body of {@code InvokeModel} (Amazon Bedrock user
 * guide, inference parameters of foundation models).
 */
sealed interface BedrockFormat permits TitanTextV2, CohereEmbedV3 {
  JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /**
   * The format of a model, by its id; ids of inference profiles ({@code eu.cohere.embed-…}) count
   * too.
   *
   * @throws IllegalArgumentException for any other model
   */
  static BedrockFormat of(String modelId, int dimension) {
    if (modelId.contains("amazon.titan-embed-text-v2")) {
      return new TitanTextV2(dimension);
    }
    if (modelId.contains("cohere.embed-") && modelId.contains("-v3")) {
      return new CohereEmbedV3();
    }
    throw new IllegalArgumentException(
        "no known embedding format for %s; known: amazon.titan-embed-text-v2, cohere.embed-…-v3"
            .formatted(modelId));
  }

  TextBatches batches();

  void writeRequest(JsonGenerator json, List<String> texts, TextPurpose purpose) throws IOException;

  /** The vectors in the order of the texts; the caller checks how many and how long they are. */
  List<float[]> readAnswer(JsonParser json) throws IOException;

  default byte[] request(List<String> texts, TextPurpose purpose) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeRequest(json, texts, purpose);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Moves to the value of {@code field} in the object that comes next; says whether it is there.
   */
  static boolean find(JsonParser json, String field) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(field);
      json.nextToken();
      if (found) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }

  /** Reads the array of numbers that the parser stands at. */
  static float[] readVector(JsonParser json) throws IOException {
    List<Float> values = new ArrayList<>(1_024);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(json.getFloatValue());
    }
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.get(i);
    }
    return vector;
  }
}
