@NullMarked
package dev.siltstone.local.node;

import org.jspecify.annotations.NullMarked;
