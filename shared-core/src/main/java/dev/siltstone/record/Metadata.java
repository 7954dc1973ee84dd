package dev.siltstone.record;

import dev.siltstone.failure.InvalidRequestException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A record's or a collection's metadata, sorted by key; immutable. Empty means none. */
public record Metadata(SortedMap<String, MetadataValue> values) {
  public static final Metadata NONE = new Metadata(new TreeMap<>());

  public Metadata {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    values.keySet().forEach(Metadata::checkKey);
  }

  public static Metadata of(Map<String, MetadataValue> values) {
    return values.isEmpty() ? NONE : new Metadata(new TreeMap<>(values));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public @Nullable MetadataValue get(String key) {
    return values.get(key);
  }

  /** These values with the patch applied key by key. */
  public Metadata patched(MetadataPatch patch) {
    if (patch.isEmpty()) {
      return this;
    }
    TreeMap<String, MetadataValue> result = new TreeMap<>(values);
    result.putAll(patch.set());
    result.keySet().removeAll(patch.removed());
    return of(result);
  }

  /** Keys are non-empty and start with neither {@code #} nor {@code $}. */
  static void checkKey(String key) {
    if (key.isEmpty()) {
      throw new InvalidRequestException("Metadata keys must not be empty");
    }
    if (key.charAt(0) == '#' || key.charAt(0) == '$') {
      throw new InvalidRequestException(
          "Metadata keys cannot start with '#' or '$' (reserved), got: " + key);
    }
  }
}
