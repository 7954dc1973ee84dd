/**
 * Structured logs of functions: {@link dev.siltstone.logging.lambda.JsonLogProvider} is the SLF4J
 * provider that a function's package names (a file under {@code META-INF/services} which no jar
 * holds, so that the local mode and tests keep theirs). A line's fields have the names that
 * Powertools for AWS Lambda gives them.
 *
 * <p>Powertools' own logging, with Log4j below it, takes some 500 ms of processor time before the
 * first line, this some 80 ms, and makes text of numbers.
 */
@NullMarked
package dev.siltstone.logging.lambda;

import org.jspecify.annotations.NullMarked;
