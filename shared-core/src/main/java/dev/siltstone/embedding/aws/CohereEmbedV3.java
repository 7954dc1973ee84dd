package dev.siltstone.embedding.aws;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.embedding.TextBatches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cohere Embed v3: up to 96 texts a call, each of up to 2,048 characters; documents and queries are
 * told apart. A longer text counts with its first 2,048 characters: the model's window of 512
 * tokens is hardly longer, and the service refuses what is.
 *
 * <pre>
 * request  {"texts": [text, …], "input_type": "search_document" | "search_query", "truncate": "END"}
 * answer   {"embeddings": [[0.1, …], …], "id": …, "response_type": "embeddings_floats", …}
 * </pre>
 */
record CohereEmbedV3() implements BedrockFormat {
  private static final int MAX_CHARACTERS = 2_048;
  private static final int MAX_TEXTS = 96;

  @Override
  public TextBatches batches() {
    return new TextBatches(MAX_TEXTS, MAX_TEXTS * MAX_CHARACTERS, 4);
  }

  @Override
  public void writeRequest(JsonGenerator json, List<String> texts, TextPurpose purpose)
      throws IOException {
    json.writeArrayFieldStart("texts");
    for (String text : texts) {
      json.writeString(cut(text));
    }
    json.writeEndArray();
    json.writeStringField(
        "input_type",
        switch (purpose) {
          case DOCUMENT -> "search_document";
          case QUERY -> "search_query";
        });
    json.writeStringField("truncate", "END");
  }

  private static String cut(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1));
    return text.substring(0, splitsPair ? MAX_CHARACTERS - 1 : MAX_CHARACTERS);
  }

  @Override
  public List<float[]> readAnswer(JsonParser json) throws IOException {
    List<float[]> vectors = new ArrayList<>();
    if (BedrockFormat.find(json, "embeddings")) {
      while (json.nextToken() == JsonToken.START_ARRAY) {
        vectors.add(BedrockFormat.readVector(json));
      }
    }
    return vectors;
  }
}
