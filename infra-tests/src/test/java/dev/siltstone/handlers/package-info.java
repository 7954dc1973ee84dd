/**
 * The functions' real handlers as processes of their own, configured by their environment alone.
 */
@NullMarked
package dev.siltstone.handlers;

import org.jspecify.annotations.NullMarked;
