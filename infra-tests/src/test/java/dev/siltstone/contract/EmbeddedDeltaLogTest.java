package dev.siltstone.contract;

@On(On.Kind.EMBEDDED)
final class EmbeddedDeltaLogTest extends DeltaLogContract {}
