/**
 * How commands talk to people: lines, moving bars where the terminal can redraw, and sizes and
 * times as people read them.
 */
@NullMarked
package dev.siltstone.local.terminal;

import org.jspecify.annotations.NullMarked;
