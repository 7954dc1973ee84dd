/**
 * What every family of adapters must do, one abstract suite per seam. A subclass says {@link
 * dev.siltstone.contract.On} which family; {@link dev.siltstone.contract.Families} opens it for the
 * class, twice over one shared storage, which tests use side by side, so each test works under
 * fresh ids. {@code rounds} says how often races are run.
 */
@NullMarked
package dev.siltstone.contract;

import org.jspecify.annotations.NullMarked;
