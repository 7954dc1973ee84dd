/**
 * Measurements of what deserves attention, as a seam: {@link dev.siltstone.metrics.Metrics} is
 * handed down by entry points; {@link dev.siltstone.metrics.InvocationMetrics} collects what one
 * invocation of a function measures. Knows only the JDK; {@code metrics.lambda} publishes.
 */
@NullMarked
package dev.siltstone.metrics;

import org.jspecify.annotations.NullMarked;
