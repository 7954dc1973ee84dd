package dev.siltstone.query.search;

/** A part of a record, by its name in a {@code search}. */
public sealed interface SearchKey {
  /** As requests spell it. */
  String wireName();

  /** A part that every record has, or may have. */
  enum Part implements SearchKey {
    ID("#id"),
    DOCUMENT("#document"),
    EMBEDDING("#embedding"),
    METADATA("#metadata"),
    SCORE("#score");

    private final String wireName;

    Part(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** One field of the metadata. */
  record Field(String wireName) implements SearchKey {}

  /** The key of this name; every name that is no part is a field. */
  static SearchKey of(String wireName) {
    for (Part part : Part.values()) {
      if (part.wireName.equals(wireName)) {
        return part;
      }
    }
    return new Field(wireName);
  }
}
