package dev.siltstone.contract;

@On(On.Kind.AWS)
final class AwsDeltaLogTest extends DeltaLogContract {}
