/**
 * The one SQLite file that the embedded family shares: opening, schema, transactions, errors. The
 * statements themselves live beside the seam that they implement, in {@code *.sqlite} packages.
 */
@NullMarked
package dev.siltstone.sqlite;

import org.jspecify.annotations.NullMarked;
