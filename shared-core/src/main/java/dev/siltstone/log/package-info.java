/**
 * The order of writes, without a log server. A writer reserves a place ({@link
 * dev.siltstone.log.Sequence}) on the collection's {@link dev.siltstone.log.Head} and then fills it
 * with a {@link dev.siltstone.log.LogEntry}; a reader needs every place up to the head, filled or
 * void. {@link dev.siltstone.log.DeltaLog} is the seam; the protocol above it is {@link
 * dev.siltstone.log.Commit} (write) and {@link dev.siltstone.log.LogReader} (read).
 */
@NullMarked
package dev.siltstone.log;

import org.jspecify.annotations.NullMarked;
