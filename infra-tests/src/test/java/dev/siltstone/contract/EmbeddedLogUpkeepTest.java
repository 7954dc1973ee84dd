package dev.siltstone.contract;

@On(On.Kind.EMBEDDED)
final class EmbeddedLogUpkeepTest extends LogUpkeepContract {}
