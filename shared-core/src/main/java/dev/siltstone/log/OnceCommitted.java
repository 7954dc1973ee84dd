package dev.siltstone.log;

import dev.siltstone.identity.OperationId;
import java.util.Set;

/** How committing writes that may arrive again ended. */
public sealed interface OnceCommitted {
  /** They stand, all of them, by this delta. */
  record Committed(Receipt receipt) implements OnceCommitted {}

  /** These stood already and nothing was committed: leave them out and commit the rest. */
  record Repeated(Set<OperationId> operations) implements OnceCommitted {
    public Repeated {
      operations = Set.copyOf(operations);
    }
  }
}
