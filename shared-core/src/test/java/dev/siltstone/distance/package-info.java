@NullMarked
package dev.siltstone.distance;

import org.jspecify.annotations.NullMarked;
