/**
 * Structured logs of functions: {@link dev.siltstone.logging.lambda.JsonLogProvider} is the SLF4J
 * provider that a function's package names (a file under {@code META-INF/services} which no jar
 * holds, so that the local mode and tests keep theirs). A line's fields have the names that
 * Powertools for AWS Lambda gives them.
 *
 * <p>Powertools itself and Log4j below it take some 600 ms of a cold start on an on-demand
 * function, this some 10 ms.
 */
@NullMarked
package dev.siltstone.logging.lambda;

import org.jspecify.annotations.NullMarked;
