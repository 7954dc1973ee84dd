/** Metadata as JSON text, for stores that keep it as text. */
@NullMarked
package dev.siltstone.record.json;

import org.jspecify.annotations.NullMarked;
