@NullMarked
package dev.siltstone.local.cost;

import org.jspecify.annotations.NullMarked;
