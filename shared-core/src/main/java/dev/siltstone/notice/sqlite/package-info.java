/** The notice queue in the embedded family's SQLite file. */
@NullMarked
package dev.siltstone.notice.sqlite;

import org.jspecify.annotations.NullMarked;
