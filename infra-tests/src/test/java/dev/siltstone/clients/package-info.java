/** Clients of other projects, unmodified, against {@code siltstone serve}. */
@NullMarked
package dev.siltstone.clients;

import org.jspecify.annotations.NullMarked;
