package dev.siltstone.query;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.collection.Collection;
import dev.siltstone.failure.InvalidRequestException;

/**
 * Reads how hard a query searches: the paper's ef, from its header or else from the collection's
 * {@code hnsw.ef_search}. More finds more of the nearest, for more time; the number of results and
 * the number of rows bound it.
 *
 * <pre>
 * x-siltstone-ef-search: 200
 * </pre>
 */
final class SearchEffort {
  static final String EF_SEARCH = "x-siltstone-ef-search";

  private SearchEffort() {}

  static int of(ApiRequest request, Collection collection) {
    return request.header(EF_SEARCH).map(SearchEffort::parse).orElse(collection.hnsw().efSearch());
  }

  private static int parse(String text) {
    int ef;
    try {
      ef = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw invalid(text);
    }
    if (ef < 1) {
      throw invalid(text);
    }
    return ef;
  }

  private static InvalidRequestException invalid(String text) {
    return new InvalidRequestException(
        "%s is a whole number of at least 1, got '%s'".formatted(EF_SEARCH, text));
  }
}
