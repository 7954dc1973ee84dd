package dev.siltstone.snapshot;

import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Generation;

/** An earlier version that this one descends from. */
public record Ancestor(Generation generation, CommitId commit) {}
