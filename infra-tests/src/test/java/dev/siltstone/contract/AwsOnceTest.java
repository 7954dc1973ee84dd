package dev.siltstone.contract;

@On(On.Kind.AWS)
final class AwsOnceTest extends OnceContract {}
