/** Tokens in the embedded family's SQLite file. */
@NullMarked
package dev.siltstone.access.sqlite;

import org.jspecify.annotations.NullMarked;
