/** What is too large, too deep, too long or otherwise not to be taken, on both ways in. */
@NullMarked
package dev.siltstone.limits;

import org.jspecify.annotations.NullMarked;
