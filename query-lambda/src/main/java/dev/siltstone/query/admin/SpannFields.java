package dev.siltstone.query.admin;

import dev.siltstone.api.json.BodyReader;
import dev.siltstone.collection.Space;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code spann} object of a configuration: the hosted service's index. Here, as in the
 * single-node server, only its space counts.
 */
final class SpannFields {
  private static final List<String> NEW =
      List.of(
          "search_nprobe",
          "write_nprobe",
          "space",
          "ef_construction",
          "ef_search",
          "max_neighbors",
          "reassign_neighbor_count",
          "split_threshold",
          "merge_threshold");

  private static final List<String> CHANGED = List.of("search_nprobe", "ef_search");

  private final BodyReader in;
  private @Nullable Space space;

  private SpannFields(BodyReader in) {
    this.in = in;
  }

  /** Of a new collection. */
  static SpannFields readNew(BodyReader in) throws IOException {
    return read(in, "struct SpannConfiguration", NEW);
  }

  /** Of a change to a collection. */
  static SpannFields readChanged(BodyReader in) throws IOException {
    return read(in, "struct UpdateSpannConfiguration", CHANGED);
  }

  private static SpannFields read(BodyReader in, String type, List<String> known)
      throws IOException {
    SpannFields fields = new SpannFields(in);
    in.strictFields(type, known, fields::readField);
    return fields;
  }

  private boolean readField(String name) throws IOException {
    if (name.equals("space")) {
      space = in.nullable(HnswFields::readSpace);
    } else {
      in.nullable(BodyReader::u32);
    }
    return true;
  }

  Space space() {
    return space == null ? Space.L2 : space;
  }
}
