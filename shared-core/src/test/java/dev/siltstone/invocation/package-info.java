@NullMarked
package dev.siltstone.invocation;

import org.jspecify.annotations.NullMarked;
