package dev.siltstone.contract;

@On(On.Kind.EMBEDDED)
final class EmbeddedOnceTest extends OnceContract {}
