package dev.siltstone.clients;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.siltstone.local.embedding.AllMiniLmEmbeddingFunction;
import java.util.List;

/** The model that LangChain4j's own tests use, on our side of the native library. */
final class MiniLmModel implements EmbeddingModel {
  private final AllMiniLmEmbeddingFunction function = new AllMiniLmEmbeddingFunction(1);

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
    List<String> texts = segments.stream().map(TextSegment::text).toList();
    return Response.from(
        function.embed(texts).stream()
            .map(embedding -> Embedding.from(embedding.toArray()))
            .toList());
  }
}
