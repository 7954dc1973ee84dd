/**
 * The producer as a Lambda function: {@link dev.siltstone.ingest.lambda.ProducerHandler} takes
 * events, {@link dev.siltstone.ingest.lambda.Producer} reads the environment once and builds what
 * it needs.
 */
@NullMarked
package dev.siltstone.ingest.lambda;

import org.jspecify.annotations.NullMarked;
