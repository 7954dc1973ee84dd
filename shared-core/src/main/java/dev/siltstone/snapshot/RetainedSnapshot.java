package dev.siltstone.snapshot;

import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.storage.ObjectKey;
import java.time.Instant;

/** An older snapshot that stays readable. Leaving the list happens by a publish, and for ever. */
public record RetainedSnapshot(
    Generation generation, ObjectKey manifest, Sequence folded, Instant createdAt) {}
