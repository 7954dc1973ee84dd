package dev.siltstone.contract;

@On(On.Kind.EMBEDDED)
final class EmbeddedLeaseStoreTest extends LeaseStoreContract {}
