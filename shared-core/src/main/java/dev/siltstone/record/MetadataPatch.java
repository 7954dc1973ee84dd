package dev.siltstone.record;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change to metadata, key by key: values to set and keys to remove. On a record that does not
 * exist yet, only what is set counts.
 */
public record MetadataPatch(SortedMap<String, MetadataValue> set, SortedSet<String> removed) {
  public static final MetadataPatch NONE = new MetadataPatch(new TreeMap<>(), new TreeSet<>());

  public MetadataPatch {
    set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
    set.keySet().forEach(Metadata::checkKey);
    removed.forEach(Metadata::checkKey);
    if (!Collections.disjoint(set.keySet(), removed)) {
      throw new IllegalArgumentException("a key is both set and removed");
    }
  }

  public static MetadataPatch setting(Map<String, MetadataValue> values) {
    return new MetadataPatch(new TreeMap<>(values), new TreeSet<>());
  }

  public static MetadataPatch of(Map<String, MetadataValue> set, Set<String> removed) {
    return new MetadataPatch(new TreeMap<>(set), new TreeSet<>(removed));
  }

  public boolean isEmpty() {
    return set.isEmpty() && removed.isEmpty();
  }
}
