/** What the server says about itself, held against what it does. */
@NullMarked
package dev.siltstone.description;

import org.jspecify.annotations.NullMarked;
