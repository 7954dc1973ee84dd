/** Assertions on the synthesised template. */
@NullMarked
package dev.siltstone.cdk;

import org.jspecify.annotations.NullMarked;
