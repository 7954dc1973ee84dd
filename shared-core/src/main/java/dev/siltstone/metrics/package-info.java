/**
 * Measurements of what deserves attention, as a seam: {@link dev.siltstone.metrics.Metrics} is
 * handed down by entry points; {@link dev.siltstone.metrics.EmbeddedMetricFormat} writes one line
 * for each invocation of a function. Knows only the JDK.
 */
@NullMarked
package dev.siltstone.metrics;

import org.jspecify.annotations.NullMarked;
