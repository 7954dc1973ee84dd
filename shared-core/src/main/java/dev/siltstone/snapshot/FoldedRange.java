package dev.siltstone.snapshot;

import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;

/** The places after {@code after} up to {@code upTo} were folded by this generation. */
public record FoldedRange(Sequence after, Sequence upTo, Generation generation) {}
