/**
 * The way of a write in: {@link dev.siltstone.ingest.ProducerApi} takes it from HTTP, {@link
 * dev.siltstone.ingest.WriteEvent} from an event payload; both become a {@link
 * dev.siltstone.ingest.WriteBatch}, which {@link dev.siltstone.ingest.Ingestor} checks against the
 * collection, gives vectors where it has none, writes as a delta ({@link
 * dev.siltstone.delta.DeltaWriter}) and commits ({@link dev.siltstone.log.Commit}). Until then
 * nothing has been written, so whatever is refused leaves nothing behind.
 */
@NullMarked
package dev.siltstone.ingest;

import org.jspecify.annotations.NullMarked;
