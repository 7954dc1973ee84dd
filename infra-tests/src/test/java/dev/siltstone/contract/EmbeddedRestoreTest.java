package dev.siltstone.contract;

@On(On.Kind.EMBEDDED)
final class EmbeddedRestoreTest extends RestoreContract {}
