package dev.siltstone.query.admin;

import dev.siltstone.api.json.BodyErrors;
import dev.siltstone.api.json.BodyReader;
import dev.siltstone.api.json.JsonTree;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's description of its embedding function: inert data that is checked for its shape, kept
 * and echoed. Nothing here loads or calls what it names.
 */
final class EmbeddingFunctionField {
  private static final List<String> TYPES = List.of("legacy", "known", "unknown");

  private EmbeddingFunctionField() {}

  /** The description as JSON text. */
  static String read(BodyReader in) throws IOException {
    return JsonTree.text(checked(in.tree(), in.errors()));
  }

  /** The description without what does not belong to it. */
  static Map<String, @Nullable Object> checked(@Nullable Object tree, BodyErrors errors) {
    if (!(tree instanceof Map<?, ?> fields)) {
      throw errors.invalid("expected internally tagged enum EmbeddingFunctionConfiguration");
    }
    Map<String, @Nullable Object> checked = new LinkedHashMap<>();
    String type = text(fields, "type", errors);
    if (!TYPES.contains(type)) {
      throw errors.unknownVariant(type, TYPES);
    }
    checked.put("type", type);
    if (type.equals("known")) {
      checked.put("name", text(fields, "name", errors));
      if (!fields.containsKey("config")) {
        throw errors.missingField("config");
      }
      checked.put("config", fields.get("config"));
    }
    return checked;
  }

  private static String text(Map<?, ?> fields, String name, BodyErrors errors) {
    if (!fields.containsKey(name)) {
      throw errors.missingField(name);
    }
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw errors.invalid("invalid type of `" + name + "`, expected a string");
  }

  /** Whether a client that says this leaves the choice to the defaults. */
  static boolean isDefault(@Nullable String json) {
    return json == null
        || (JsonTree.parse(json) instanceof Map<?, ?> fields
            && ("unknown".equals(fields.get("type")) || "default".equals(fields.get("name"))));
  }
}
