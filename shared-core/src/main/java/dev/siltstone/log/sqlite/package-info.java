/** The delta log in the embedded family's SQLite file. */
@NullMarked
package dev.siltstone.log.sqlite;

import org.jspecify.annotations.NullMarked;
