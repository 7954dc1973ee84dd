package dev.siltstone.log;

import dev.siltstone.identity.OperationId;
import java.util.Set;

/** How filling a reserved place with writes that may arrive again ended. */
public sealed interface OncePlaced {
  /** As for any entry. If it stands, so do the ids. */
  record Settled(PlaceResult result) implements OncePlaced {}

  /** These writes stand already, by other deltas; nothing was written, and the place is empty. */
  record Repeated(Set<OperationId> operations) implements OncePlaced {
    public Repeated {
      operations = Set.copyOf(operations);
    }
  }
}
