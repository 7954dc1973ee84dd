package dev.siltstone.snapshot;

import dev.siltstone.storage.ObjectKey;
import java.time.Instant;

/** An object that no kept snapshot names since this time; readers get a grace from then on. */
public record RetiredObject(ObjectKey key, Instant at) {}
