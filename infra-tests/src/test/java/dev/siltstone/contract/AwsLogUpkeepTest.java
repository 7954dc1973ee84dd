package dev.siltstone.contract;

@On(On.Kind.AWS)
final class AwsLogUpkeepTest extends LogUpkeepContract {}
