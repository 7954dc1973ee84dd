@NullMarked
package dev.siltstone.cache;

import org.jspecify.annotations.NullMarked;
