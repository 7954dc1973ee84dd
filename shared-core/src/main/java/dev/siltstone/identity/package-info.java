/**
 * The names of things: ids, sequence numbers, generations, epochs. Each has its own type, so that
 * one cannot stand where another is meant. Everything depends on this package and it on nothing.
 */
@NullMarked
package dev.siltstone.identity;

import org.jspecify.annotations.NullMarked;
