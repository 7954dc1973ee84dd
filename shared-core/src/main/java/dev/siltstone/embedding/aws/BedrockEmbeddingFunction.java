package dev.siltstone.embedding.aws;

import com.fasterxml.jackson.core.JsonParser;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * Embeds through Amazon Bedrock: Titan Text Embeddings V2 and Cohere Embed v3. The model id is the
 * name that collections record. Retries are the SDK client's: whoever builds it sets their bound.
 */
public final class BedrockEmbeddingFunction implements EmbeddingFunction {
  private static final String JSON_TYPE = "application/json";

  private final BedrockRuntimeClient bedrock;
  private final String modelId;
  private final int dimension;
  private final BedrockFormat format;

  /**
   * @param modelId a model or an inference profile, such as {@code amazon.titan-embed-text-v2:0}
   * @param dimension values per vector: for Titan what is asked for, for Cohere what is expected
   * @throws IllegalArgumentException if no format is known for the model, or not this dimension
   */
  public BedrockEmbeddingFunction(BedrockRuntimeClient bedrock, String modelId, int dimension) {
    this.bedrock = bedrock;
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
    byte[] answer = invoke(format.request(texts, purpose));
    List<float[]> vectors = read(answer);
    if (vectors.size() != texts.size()) {
      throw broken("has %d vectors for %d texts".formatted(vectors.size(), texts.size()));
    }
    return checked(vectors);
  }

  private byte[] invoke(byte[] body) {
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
    } catch (AwsServiceException e) {
      throw refused(e);
    } catch (SdkClientException e) {
      throw new UnavailableException("Bedrock did not answer for model " + modelId, e);
    }
  }

  /** Without the service's message where it judges the texts: it may quote them. */
  private SiltstoneException refused(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    if (code.equals("ValidationException")) {
      return new InvalidRequestException(
          "Embedding model %s refused the documents (request %s): they may be empty or too long"
              .formatted(modelId, e.requestId()));
    }
    return new UnavailableException(
        "Bedrock refused model %s with status %d %s".formatted(modelId, e.statusCode(), code), e);
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
