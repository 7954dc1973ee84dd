package dev.siltstone.operations.command;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which collection a person means.
 *
 * @param nameOrId its name in that database, or its id, which is found wherever it is
 */
public record CollectionReference(TenantName tenant, DatabaseName database, String nameOrId) {
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int SUGGESTIONS = 20;
  private static final int PARTS = 3;

  /**
   * Reads {@code id}, {@code name} (in the default database) or {@code tenant/database/name}.
   *
   * @throws InvalidRequestException if it is none of these
   */
  public static CollectionReference parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length == 1) {
      return new CollectionReference(TenantName.DEFAULT, DatabaseName.DEFAULT, text);
    }
    if (parts.length != PARTS) {
      throw new InvalidRequestException(
          "a collection is named by its id, its name or tenant/database/name, got '%s'"
              .formatted(text));
    }
    return new CollectionReference(new TenantName(parts[0]), new DatabaseName(parts[1]), parts[2]);
  }

  /**
   * The collection.
   *
   * @throws NotFoundException if there is none; the message says which there are
   */
  public Collection in(Catalog catalog) {
    if (ID.matcher(nameOrId).matches()) {
      return catalog
          .collection(CollectionId.parse(nameOrId))
          .orElseThrow(() -> new NotFoundException("there is no collection with id " + nameOrId));
    }
    return catalog
        .collection(tenant, database, new CollectionName(nameOrId))
        .orElseThrow(() ->
            new NotFoundException(
                "there is no collection %s in database %s of tenant %s; there %s"
                    .formatted(nameOrId, database, tenant, those(catalog))));
  }

  private String those(Catalog catalog) {
    List<Collection> some = catalog.collections(tenant, database, SUGGESTIONS, 0);
    return some.isEmpty()
        ? "are none"
        : some.stream()
            .map(collection -> collection.name().value())
            .collect(
                Collectors.joining(", ", "is ", some.size() == SUGGESTIONS ? " and more" : ""));
  }
}
