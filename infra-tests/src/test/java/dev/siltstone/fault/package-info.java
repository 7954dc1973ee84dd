/**
 * Seams that fail on demand: decorators that throttle, conflict, lose requests and answers, and
 * deliver requests late, by script or by seed.
 */
@NullMarked
package dev.siltstone.fault;

import org.jspecify.annotations.NullMarked;
