package dev.siltstone.api.json;

import dev.siltstone.api.ApiException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which fields a read returns, in the order the client named them (the answer echoes it). */
public record IncludeList(List<Include> fields) {
  /** What {@code get} returns if the client does not say. */
  public static final IncludeList OF_GET =
      new IncludeList(List.of(Include.DOCUMENTS, Include.METADATAS));

  /** What {@code query} returns if the client does not say. */
  public static final IncludeList OF_QUERY =
      new IncludeList(List.of(Include.DOCUMENTS, Include.METADATAS, Include.DISTANCES));

  /** A field of the answer. */
  public enum Include {
    DISTANCES,
    DOCUMENTS,
    EMBEDDINGS,
    METADATAS,
    URIS;

    private static final List<String> WIRE_NAMES =
        Arrays.stream(values()).map(Include::wireName).toList();

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public IncludeList {
    fields = List.copyOf(fields);
  }

  public boolean has(Include field) {
    return fields.contains(field);
  }

  /** Reads a list of names. */
  static IncludeList read(BodyReader in) throws IOException {
    return new IncludeList(in.list(IncludeList::readField));
  }

  private static Include readField(BodyReader in) throws IOException {
    String name = in.string();
    int index = Include.WIRE_NAMES.indexOf(name);
    if (index < 0) {
      throw unknown(in, name);
    }
    return Include.values()[index];
  }

  private static ApiException unknown(BodyReader in, String name) {
    return in.errors().unknownVariant(name, Include.WIRE_NAMES);
  }
}
