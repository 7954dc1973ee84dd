package dev.siltstone.collection;

/** A database of a tenant; 3 to 512 characters of {@code [a-zA-Z0-9._-]}. */
public record DatabaseName(String value) {
  public static final DatabaseName DEFAULT = new DatabaseName("default_database");

  public DatabaseName {
    ResourceNames.check(value, "");
  }

  @Override
  public String toString() {
    return value;
  }
}
