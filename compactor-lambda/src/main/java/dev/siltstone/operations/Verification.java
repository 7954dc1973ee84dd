package dev.siltstone.operations;

import dev.siltstone.snapshot.Manifest;
import java.util.List;

/**
 * What a check of one snapshot found.
 *
 * @param files read whole
 * @param bytes of them
 * @param records shown by the segments that could be read
 */
public record Verification(
    Manifest manifest, int files, long bytes, long records, List<Difference> differences) {
  public Verification {
    differences = List.copyOf(differences);
  }

  public boolean isSound() {
    return differences.isEmpty();
  }
}
