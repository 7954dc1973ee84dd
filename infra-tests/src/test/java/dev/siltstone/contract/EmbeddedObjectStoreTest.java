package dev.siltstone.contract;

@On(On.Kind.EMBEDDED)
final class EmbeddedObjectStoreTest extends ObjectStoreContract {}
