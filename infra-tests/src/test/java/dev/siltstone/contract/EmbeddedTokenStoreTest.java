package dev.siltstone.contract;

@On(On.Kind.EMBEDDED)
final class EmbeddedTokenStoreTest extends TokenStoreContract {}
