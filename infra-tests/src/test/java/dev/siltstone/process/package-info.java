/** The embedded family in several real processes: races between them, and kill -9. */
@NullMarked
package dev.siltstone.process;

import org.jspecify.annotations.NullMarked;
