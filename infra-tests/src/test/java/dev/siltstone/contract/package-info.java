/**
 * What every family of adapters must do, one abstract suite per seam. A subclass names the family:
 * its factory methods return clients of one shared store, which tests use side by side, so each
 * test works under fresh ids. {@code rounds} says how often races are run.
 */
@NullMarked
package dev.siltstone.contract;

import org.jspecify.annotations.NullMarked;
