/** Threads of one process that wait for each other; between processes the log and leases decide. */
@NullMarked
package dev.siltstone.concurrency;

import org.jspecify.annotations.NullMarked;
