@NullMarked
package dev.siltstone.local;

import org.jspecify.annotations.NullMarked;
