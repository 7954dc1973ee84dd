package dev.siltstone.api.json;

import dev.siltstone.record.RecordId;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields by which {@code get}, {@code query} and {@code delete} choose records. */
final class FilterFields {
  private final BodyReader in;
  private @Nullable List<String> ids;
  private @Nullable Object where;
  private @Nullable Object whereDocument;

  FilterFields(BodyReader in) {
    this.in = in;
  }

  boolean read(String name) throws IOException {
    switch (name) {
      case "ids" -> ids = in.nullable(each -> each.list(BodyReader::string));
      case "where" -> where = in.tree();
      case "where_document" -> whereDocument = in.tree();
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Null if none were given; ids that no record can have are left out. */
  @Nullable List<RecordId> ids() {
    return ids == null
        ? null
        : ids.stream().map(RecordIds::possible).filter(Objects::nonNull).toList();
  }

  @Nullable Object where() {
    return where;
  }

  @Nullable Object whereDocument() {
    return whereDocument;
  }
}
