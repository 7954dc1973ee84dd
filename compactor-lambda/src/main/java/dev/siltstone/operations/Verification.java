package dev.siltstone.operations;

import dev.siltstone.snapshot.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of one snapshot found.
 *
 * @param files read whole
 * @param bytes of them
 * @param records shown by the segments that could be read
 * @param recall of their indexes; null if it was not asked for or there are no records
 */
public record Verification(
    Manifest manifest,
    int files,
    long bytes,
    long records,
    List<Difference> differences,
    @Nullable Recall recall) {
  public Verification {
    differences = List.copyOf(differences);
  }

  public boolean isSound() {
    return differences.isEmpty();
  }
}
