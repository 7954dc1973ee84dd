package dev.siltstone.embedding.aws;

import com.fasterxml.jackson.core.JsonParser;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Embeds through Amazon Bedrock: Titan Text Embeddings V2 and Cohere Embed v3. The model id is the
 * name that collections record.
 */
public final class BedrockEmbeddingFunction implements EmbeddingFunction {
  private static final String JSON_TYPE = "application/json";

  private final BedrockRuntimeClient bedrock;
  private final AwsCalls calls;
  private final String modelId;
  private final int dimension;
  private final BedrockFormat format;

  /**
   * @param modelId a model or an inference profile, such as {@code amazon.titan-embed-text-v2:0}
   * @param dimension values per vector: for Titan what is asked for, for Cohere what is expected
   * @throws IllegalArgumentException if no format is known for the model, or not this dimension
   */
  public BedrockEmbeddingFunction(
      BedrockRuntimeClient bedrock, AwsCalls calls, String modelId, int dimension) {
    this.bedrock = bedrock;
    this.calls = calls;
    this.modelId = modelId;
    this.dimension = dimension;
    this.format = BedrockFormat.of(modelId, dimension);
  }

  @Override
  public String name() {
    return modelId;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public List<Embedding> embed(List<String> texts) {
    return embed(texts, TextPurpose.DOCUMENT);
  }

  @Override
  public List<Embedding> embedQueries(List<String> texts) {
    return embed(texts, TextPurpose.QUERY);
  }

  private List<Embedding> embed(List<String> texts, TextPurpose purpose) {
    return texts.isEmpty()
        ? List.of()
        : format.batches().embed(texts, batch -> embedBatch(batch, purpose));
  }

  private List<Embedding> embedBatch(List<String> texts, TextPurpose purpose) {
    byte[] request = format.request(texts, purpose);
    byte[] answer = calls.read("invoking Bedrock model " + modelId, () -> send(request));
    List<float[]> vectors = read(answer);
    if (vectors.size() != texts.size()) {
      throw broken("has %d vectors for %d texts".formatted(vectors.size(), texts.size()));
    }
    return checked(vectors);
  }

  private byte[] send(byte[] body) {
    try {
      return bedrock
          .invokeModel(request ->
              request
                  .modelId(modelId)
                  .contentType(JSON_TYPE)
                  .accept(JSON_TYPE)
                  .body(SdkBytes.fromByteArrayUnsafe(body)))
          .body()
          .asByteArrayUnsafe();
    } catch (ValidationException e) {
      // Without the cause: the service may quote the texts it refuses.
      throw new InvalidRequestException(
          "Embedding model %s refused the documents (request %s): they may be empty or too long"
              .formatted(modelId, e.requestId()));
    }
  }

  private List<float[]> read(byte[] answer) {
    try (JsonParser json = BedrockFormat.JSON.createParser(answer)) {
      return format.readAnswer(json);
    } catch (IOException e) {
      throw broken("is not JSON as agreed");
    }
  }

  private List<Embedding> checked(List<float[]> vectors) {
    List<Embedding> embeddings = new ArrayList<>(vectors.size());
    for (float[] vector : vectors) {
      if (vector.length != dimension) {
        throw broken("has a vector of %d values, expected %d".formatted(vector.length, dimension));
      }
      embeddings.add(finite(vector));
    }
    return embeddings;
  }

  private Embedding finite(float[] vector) {
    try {
      return Embedding.owning(vector);
    } catch (InvalidRequestException e) {
      throw broken("has a value that is not finite");
    }
  }

  /** Without a cause: a parser's message quotes what it read. */
  private CorruptDataException broken(String what) {
    return new CorruptDataException("The answer of Bedrock model %s %s".formatted(modelId, what));
  }
}
