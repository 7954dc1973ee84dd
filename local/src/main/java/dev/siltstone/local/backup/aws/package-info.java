/** The stores of deployed stacks, to copy from or to. */
@NullMarked
package dev.siltstone.local.backup.aws;

import org.jspecify.annotations.NullMarked;
