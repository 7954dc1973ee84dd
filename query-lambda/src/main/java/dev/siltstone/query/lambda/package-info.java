/**
 * The query function: the composition root, which reads the environment once, and the handler for
 * API Gateway events and direct invocations.
 */
@NullMarked
package dev.siltstone.query.lambda;

import org.jspecify.annotations.NullMarked;
