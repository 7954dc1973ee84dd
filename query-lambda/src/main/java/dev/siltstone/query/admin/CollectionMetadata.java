package dev.siltstone.query.admin;

import dev.siltstone.api.ApiException;
import dev.siltstone.api.json.MetadataFields;
import dev.siltstone.failure.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** The rules of a collection's own metadata. */
final class CollectionMetadata {
  private CollectionMetadata() {}

  /**
   * Checks metadata that was given as {@code field}, if any was.
   *
   * @throws InvalidRequestException if it is empty or has a reserved key
   */
  static void check(@Nullable MetadataFields given, String field) {
    if (given == null) {
      return;
    }
    if (given.size() == 0) {
      throw invalid(field, "Metadata cannot be empty");
    }
    String key = given.badKey();
    if (key != null) {
      throw invalid(
          field,
          key.isEmpty()
              ? "Metadata key cannot be empty"
              : "Metadata key cannot start with '#' or '$': " + key);
    }
    if (given.sparseKey() != null) {
      throw ApiException.notImplemented(
          "Sparse vectors are not supported in the metadata of a collection: " + given.sparseKey());
    }
  }

  private static InvalidRequestException invalid(String field, String message) {
    return new InvalidRequestException("Validation error: " + field + ": " + message);
  }
}
