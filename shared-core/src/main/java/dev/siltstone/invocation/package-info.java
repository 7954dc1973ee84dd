/**
 * What a function does around its work on one event: {@link dev.siltstone.invocation.Invocation}
 * names the request in every log line and publishes what was measured, {@link
 * dev.siltstone.invocation.AnswerInTime} answers before the caller stops waiting, and {@link
 * dev.siltstone.invocation.AnswerTime} says when that is.
 */
@NullMarked
package dev.siltstone.invocation;

import org.jspecify.annotations.NullMarked;
