/** The catalog in the embedded family's SQLite file. */
@NullMarked
package dev.siltstone.collection.sqlite;

import org.jspecify.annotations.NullMarked;
