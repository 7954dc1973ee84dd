/**
 * Everything in one process, and the command line.
 *
 * <p>The launcher starts it with an ahead-of-time cache of loaded and linked classes ({@code
 * bin/aot-cache}), which it makes after a build from one run of {@code siltstone train}. The cache
 * belongs to one JDK build, one set of options ({@code bin/java-options}) and these very jars;
 * where it does not fit, the JVM leaves it aside. Medians of ten alternating launches on two cores
 * that were busy with other work (load 8), without and with the cache: 1,734 and 1,317 ms from the
 * launcher to ready, 3,220 and 1,978 ms to the first answer of a query.
 *
 * <p>A server's class path leaves out the libraries of commands alone, such as the AWS SDK ({@code
 * bin/class-path}): the JDK looks for services in every jar of it, which opens them one by one.
 */
@NullMarked
package dev.siltstone.local;

import org.jspecify.annotations.NullMarked;
