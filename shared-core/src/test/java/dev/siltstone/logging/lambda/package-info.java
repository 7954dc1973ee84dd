@NullMarked
package dev.siltstone.logging.lambda;

import org.jspecify.annotations.NullMarked;
