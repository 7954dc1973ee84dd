/** Everything in one process, and the command line. */
@NullMarked
package dev.siltstone.local;

import org.jspecify.annotations.NullMarked;
