/**
 * What a person asks of one collection: roll it back, what became of a write, what was set aside.
 * Each answers from the log ({@link dev.siltstone.log.DeltaLog}), the published manifest ({@link
 * dev.siltstone.snapshot.SnapshotStore}) and the lock ({@link dev.siltstone.lease.LeaseStore}); the
 * command line and manual invocations of the compactor's handler show the answers.
 */
@NullMarked
package dev.siltstone.operations;

import org.jspecify.annotations.NullMarked;
