/** The HTTP surface of functions: access to it, as their settings say, over the table's tokens. */
@NullMarked
package dev.siltstone.api.aws;

import org.jspecify.annotations.NullMarked;
