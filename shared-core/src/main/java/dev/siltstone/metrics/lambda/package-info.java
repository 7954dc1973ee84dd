/**
 * Metrics of functions, by Powertools for AWS Lambda: {@link
 * dev.siltstone.metrics.lambda.PowertoolsMetrics} takes what an invocation measured ({@link
 * dev.siltstone.metrics.InvocationMetrics}) and writes it to the standard output in CloudWatch's
 * embedded metric format, which the log service turns into metrics.
 */
@NullMarked
package dev.siltstone.metrics.lambda;

import org.jspecify.annotations.NullMarked;
