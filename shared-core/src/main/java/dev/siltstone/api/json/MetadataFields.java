package dev.siltstone.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.json.MetadataItem.EmptyList;
import dev.siltstone.json.MetadataItem.Null;
import dev.siltstone.json.MetadataItem.SparseVector;
import dev.siltstone.json.MetadataItem.Unfit;
import dev.siltstone.json.MetadataItem.Value;
import dev.siltstone.json.MetadataItemReader;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A metadata object of a body. Values of the wrong shape are refused while reading; what Chroma
 * refuses only after it has read the whole body is kept here for the caller to judge.
 *
 * @param patch values to set and keys to remove, of the keys that are allowed
 * @param size how many keys the object has, all counted
 * @param badKey the first key that is empty or reserved, or null
 * @param sparseKey the first key with a sparse vector, or null
 */
public record MetadataFields(
    MetadataPatch patch, int size, @Nullable String badKey, @Nullable String sparseKey) {

  /** What a null value means. */
  public enum Nulls {
    /** A wrong shape: there is nothing yet that it could remove. */
    REFUSED("MetadataValue"),
    /** The key is to be removed. */
    REMOVE("UpdateMetadataValue");

    private final String type;

    Nulls(String type) {
      this.type = type;
    }
  }

  /** Reads an object. */
  public static MetadataFields read(BodyReader in, Nulls nulls) throws IOException {
    return new Reader(in, nulls).read();
  }

  private static final class Reader {
    private final JsonParser parser;
    private final BodyErrors errors;
    private final Nulls nulls;
    private final Map<String, MetadataValue> set = new TreeMap<>();
    private final Set<String> removed = new TreeSet<>();
    private int size;
    private @Nullable String badKey;
    private @Nullable String sparseKey;

    Reader(BodyReader in, Nulls nulls) {
      this.parser = in.parser();
      this.errors = in.errors();
      this.nulls = nulls;
    }

    MetadataFields read() throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw errors.wrongType("a map");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        size++;
        readField(errors.wellFormed(parser.currentName()));
      }
      MetadataPatch patch =
          set.isEmpty() && removed.isEmpty() ? MetadataPatch.NONE : MetadataPatch.of(set, removed);
      return new MetadataFields(patch, size, badKey, sparseKey);
    }

    private void readField(String key) throws IOException {
      boolean bad = key.isEmpty() || key.charAt(0) == '#' || key.charAt(0) == '$';
      if (bad && badKey == null) {
        badKey = key;
      }
      parser.nextToken();
      switch (MetadataItemReader.read(parser)) {
        case Value(MetadataValue value) -> set(bad, key, wellFormed(value));
        case EmptyList _ -> remove(bad, key);
        case Null _ when nulls == Nulls.REMOVE -> remove(bad, key);
        case SparseVector _ -> sparseKey = sparseKey == null ? key : sparseKey;
        case Null _, Unfit _ -> throw errors.noVariant(nulls.type);
      }
    }

    private void set(boolean bad, String key, MetadataValue value) {
      if (!bad) {
        set.put(key, value);
        removed.remove(key);
      }
    }

    private void remove(boolean bad, String key) {
      if (!bad) {
        set.remove(key);
        removed.add(key);
      }
    }

    private MetadataValue wellFormed(MetadataValue value) {
      if (value instanceof StringValue(String text)) {
        errors.wellFormed(text);
      } else if (value instanceof StringList list) {
        list.elements().forEach(element -> errors.wellFormed(element.value()));
      }
      return value;
    }
  }
}
