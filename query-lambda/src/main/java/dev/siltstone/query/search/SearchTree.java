package dev.siltstone.query.search;

import dev.siltstone.api.ApiException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A value of a request's tree together with its path, so that every refusal says where.
 *
 * @param path such as {@code searches[0].rank.$knn}
 */
record SearchTree(String path, @Nullable Object value) {
  boolean isMissing() {
    return value == null;
  }

  /** Its field of this name; missing if it has none. */
  SearchTree field(String name) {
    return new SearchTree(path + "." + name, object().get(name));
  }

  Map<?, ?> object() {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw refusal("expected an object");
  }

  List<SearchTree> list() {
    if (value instanceof List<?> list) {
      return IntStream.range(0, list.size())
          .mapToObj(i -> new SearchTree(path + "[" + i + "]", list.get(i)))
          .toList();
    }
    throw refusal("expected a list");
  }

  List<SearchTree> nonEmptyList() {
    List<SearchTree> list = list();
    if (list.isEmpty()) {
      throw refusal("expected at least one element");
    }
    return list;
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw refusal("expected a string");
  }

  float number() {
    return switch (value) {
      case Long integer -> integer;
      case Double number -> number.floatValue();
      case null, default -> throw refusal("expected a number");
    };
  }

  boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw refusal("expected true or false");
  }

  /** A whole number of {@code least} and more; what an int cannot hold is the largest int. */
  int size(int least) {
    if (value instanceof Long number && number >= least) {
      return (int) Math.min(number, Integer.MAX_VALUE);
    }
    throw refusal("expected a whole number of at least " + least);
  }

  /** A refusal with status 422 that names the place. */
  ApiException refusal(String message) {
    return ApiException.unprocessable(
        "Failed to deserialize the JSON body into the target type: %s: %s"
            .formatted(path, message));
  }
}
