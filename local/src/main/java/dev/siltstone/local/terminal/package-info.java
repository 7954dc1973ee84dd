/** How commands talk to people: lines, and moving bars where the terminal can redraw. */
@NullMarked
package dev.siltstone.local.terminal;

import org.jspecify.annotations.NullMarked;
