package dev.siltstone.compaction;

import dev.siltstone.identity.Sequence;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.RetainedSnapshot;

/**
 * A snapshot that stays retained for a rollback.
 *
 * @param published the version whose manifest pins it
 * @param through the last place at which the rollback may be placed
 */
public record PinnedTarget(RetainedSnapshot target, Manifest published, Sequence through) {}
