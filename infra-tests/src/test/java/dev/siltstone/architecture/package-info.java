/** The architecture as rules that a build can break. */
@NullMarked
package dev.siltstone.architecture;

import org.jspecify.annotations.NullMarked;
