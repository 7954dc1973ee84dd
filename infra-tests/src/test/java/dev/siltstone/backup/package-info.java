/** Copies of collections between stores of both families, with crashes and writers in their way. */
@NullMarked
package dev.siltstone.backup;

import org.jspecify.annotations.NullMarked;
