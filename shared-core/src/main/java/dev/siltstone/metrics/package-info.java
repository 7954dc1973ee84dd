/**
 * Counts of what deserves attention, as a seam: {@link dev.siltstone.metrics.Metrics} is handed
 * down by entry points. Knows only the JDK.
 */
@NullMarked
package dev.siltstone.metrics;

import org.jspecify.annotations.NullMarked;
