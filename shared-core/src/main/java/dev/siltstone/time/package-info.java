/**
 * Time, waiting and fresh ids as seams: they come in through constructors, so that a simulation can
 * replay a run exactly. Only entry points create the system ones.
 */
@NullMarked
package dev.siltstone.time;

import org.jspecify.annotations.NullMarked;
