package dev.siltstone.snapshot;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.Generation;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person calls a snapshot, to read as of it or to roll back to it.
 *
 * @param name its generation, the key of its manifest, or the name of the folder that this is in
 */
public record SnapshotName(String name) {
  /**
   * Takes what a person typed.
   *
   * @throws InvalidRequestException if it is blank
   */
  public SnapshotName {
    name = name.strip();
    if (name.isEmpty()) {
      throw new InvalidRequestException("a snapshot is named by its generation or its key");
    }
  }

  /**
   * The snapshot meant, among the current one and those it retains.
   *
   * @throws NotFoundException if it is not retained, or never was
   */
  public RetainedSnapshot in(Manifest current) {
    return snapshots(current)
        .filter(this::means)
        .findFirst()
        .orElseThrow(() -> notRetained(current));
  }

  private boolean means(RetainedSnapshot snapshot) {
    String key = snapshot.manifest().value();
    return name.equals(snapshot.generation().toString())
        || key.equals(name)
        || key.endsWith("/" + name + "/manifest.json");
  }

  private NotFoundException notRetained(Manifest current) {
    String generations =
        snapshots(current)
            .map(RetainedSnapshot::generation)
            .map(Generation::toString)
            .collect(Collectors.joining(", "));
    return new NotFoundException(
        "Snapshot [%s] of collection [%s] is not retained; these generations are: %s"
            .formatted(name, current.collection(), generations));
  }

  private static Stream<RetainedSnapshot> snapshots(Manifest current) {
    return Stream.concat(Stream.of(current.asRetained()), current.retained().stream());
  }

  @Override
  public String toString() {
    return name;
  }
}
