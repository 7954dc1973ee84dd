package dev.siltstone.contract;

import dev.siltstone.lease.LeaseStore;
import dev.siltstone.simulated.MemoryLeaseStore;
import dev.siltstone.simulation.Wire;

/** The locks of the simulation keep the same contract as the real ones. */
final class MemoryLeaseStoreTest extends LeaseStoreContract {
  private static final LeaseStore LEASES = new MemoryLeaseStore(Wire.PERFECT);

  @Override
  protected LeaseStore leases() {
    return LEASES;
  }

  @Override
  protected LeaseStore otherLeases() {
    return LEASES;
  }
}
