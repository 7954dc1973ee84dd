/** The lock in the embedded family's SQLite file. */
@NullMarked
package dev.siltstone.lease.sqlite;

import org.jspecify.annotations.NullMarked;
