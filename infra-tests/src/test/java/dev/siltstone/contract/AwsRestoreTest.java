package dev.siltstone.contract;

@On(On.Kind.AWS)
final class AwsRestoreTest extends RestoreContract {}
