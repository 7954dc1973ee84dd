/** Odd texts in every place where a client may put one. */
@NullMarked
package dev.siltstone.strings;

import org.jspecify.annotations.NullMarked;
