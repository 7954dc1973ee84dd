package dev.siltstone.embedding.openai;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A model at an endpoint.
 *
 * @param base what {@code /embeddings} is appended to, such as {@code https://api.openai.com/v1}
 * @param model as the endpoint calls it; also the name that collections record
 * @param key null where the endpoint asks for none
 * @param dimension values per vector that the model is known to answer
 * @param shortens whether the model is asked for {@code dimension} values, which only some can
 *     (text-embedding-3); others answer what they always do
 */
public record OpenAiEndpoint(
    URI base, String model, @Nullable ApiKey key, int dimension, boolean shortens) {
  public OpenAiEndpoint {
    String scheme = String.valueOf(base.getScheme());
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("an embedding endpoint is an http(s) address");
    }
    if (base.getQuery() != null || base.getUserInfo() != null) {
      throw new IllegalArgumentException("an embedding endpoint has no query and no user");
    }
    if (model.isBlank() || dimension < 1) {
      throw new IllegalArgumentException("model '%s' of dimension %d".formatted(model, dimension));
    }
  }

  URI embeddings() {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text : text + "/") + "embeddings");
  }
}
