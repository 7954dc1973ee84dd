package dev.siltstone.contract;

@On(On.Kind.AWS)
final class AwsObjectStoreTest extends ObjectStoreContract {}
